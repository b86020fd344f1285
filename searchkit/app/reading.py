"""How do many files become analysed documents, on all cores and in order?

Files are read, decoded and analysed in batches, each batch by one process;
results come back in the order of the files, so that the same folder always
gives the same index.  A large file of records is read here and its records
are analysed in batches.  No index is touched.
"""

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context

from searchkit.app.patience import Patience, TooSlowError
from searchkit.batches import BatchAnalyzer
from searchkit.documents.changes import digest_of
from searchkit.documents.discover import open_regular, read_some
from searchkit.documents.model import Document, FoundFile, Problem
from searchkit.documents.read import read_file
from searchkit.engine.contract import AnalyzedDocument, Form, Key
from searchkit.typed import NamedTuple

BATCH_BYTES = 1 << 20  # of files for one process at a time: 0.2 to 5 s of work
BATCH_FILES = 200
LARGE_BYTES = 4 << 20  # a file above it is read here, and its records are shared out
WORTH_PROCESSES_BYTES = 2 << 20  # below, starting processes takes longer than the work (0.2 s each)
MOST_FORMS = 200_000  # about 150 MB of tables and caches a process
AHEAD = 3  # batches under way for each process; bounds what waits in memory


class Task(NamedTuple):
    """A file to read, and the language its source was given with (or ``auto``)."""

    file: FoundFile
    lang: str


class FileResult(NamedTuple):
    """What came of one file.

    Attributes:
        path: of the file.
        digest: BLAKE2b of its content, hex; "" where it could not be read.
        checked_ns: when it was read, by the clock.
        keys: of its documents.
        problems: of the file or its records.
        empty: whether it holds no text at all.
    """

    path: str
    digest: str
    checked_ns: int
    keys: tuple[Key, ...]
    problems: tuple[Problem, ...]
    empty: bool


class Batch(NamedTuple):
    """Analysed documents with the table of their forms, and the files that they end.

    Attributes:
        documents: in file order.
        forms: the table that they point into.
        results: of the files that are complete with this batch.
    """

    documents: list[AnalyzedDocument]
    forms: list[Form]
    results: list[FileResult]


class Sent(NamedTuple):
    """A batch on its way from another process, with the forms that are new in that process's table.

    Attributes:
        batch: without its table.
        table: which one: process and number of the analyser there.
        forms: that come after those already sent.
    """

    batch: Batch
    table: tuple[int, int]
    forms: list[Form]


class _Process:
    """What a process keeps from batch to batch: its analyser, and how much of its table has been sent."""

    def __init__(self) -> None:
        self.analyzer = BatchAnalyzer()
        self.number = 0
        self.sent = 0

    def analyzed(self, documents: list[Document], langs: list[str]) -> Batch:
        """Analyse documents; a process that has seen very many forms begins anew."""
        if len(self.analyzer.forms) > MOST_FORMS:
            self.analyzer, self.number, self.sent = BatchAnalyzer(), self.number + 1, 0
        return Batch(self.analyzer.documents(documents, langs), self.analyzer.forms, [])


@lru_cache(maxsize=1)
def _process() -> _Process:
    """Give what this process keeps."""
    return _Process()


def _sent(function: "Callable[..., Batch]", *arguments: object) -> Sent:
    """Do a piece of the work in another process."""
    batch = function(*arguments)
    here = _process()
    forms = here.analyzer.forms[here.sent :]
    here.sent += len(forms)
    return Sent(batch._replace(forms=[]), (os.getpid(), here.number), forms)


class _Tables:
    """The tables of the other processes, put together again; batches of one process come in its order."""

    def __init__(self) -> None:
        self._tables: dict[int, tuple[int, list[Form]]] = {}

    def received(self, sent: Sent) -> Batch:
        """Give a batch with its table."""
        process, number = sent.table
        known, forms = self._tables.get(process, (-1, []))
        if known != number:
            forms = []
            self._tables[process] = number, forms
        forms += sent.forms
        return sent.batch._replace(forms=forms)


def read_bytes(path: str, max_size_bytes: int) -> bytes:
    """Read a file whole.

    Raises:
        OSError: it cannot be read, or has grown beyond the limit.
    """
    with open_regular(path) as file:
        data = read_some(file, max_size_bytes + 1)
    if len(data) > max_size_bytes:
        raise OSError(f"larger than {max_size_bytes >> 20} MB (--max-size)")
    return data


def read_batch(tasks: list[Task], max_size_bytes: int) -> Batch:
    """Read and analyse some files; what goes wrong with one is that one's problem."""
    found: list[Document] = []
    langs: list[str] = []
    results: list[FileResult] = []
    for task in tasks:
        checked_ns = time.time_ns()
        path = task.file.path
        try:
            data = read_bytes(path, max_size_bytes)
        except OSError as error:
            results.append(FileResult(path, "", checked_ns, (), (Problem(path, _reason(error)),), empty=False))
            continue
        mine, problems = _read(path, data)
        found += mine
        langs += [task.lang] * len(mine)
        keys = tuple((document.path, document.id) for document in mine)
        results.append(FileResult(path, digest_of(data), checked_ns, keys, tuple(problems), empty=not mine and not problems))
    return _process().analyzed(found, langs)._replace(results=results)


def _read(path: str, data: bytes) -> tuple[list[Document], list[Problem]]:
    """Read a file's documents; a reader that fails costs that file alone."""
    documents: list[Document] = []
    problems: list[Problem] = []
    try:
        with Patience(len(data)):
            for item in read_file(path, data):
                if isinstance(item, Document):
                    documents.append(item)
                else:
                    problems.append(item)
    except TooSlowError as error:
        return [], [Problem(path, f"cannot be read: {error}")]
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        problems.append(Problem(path, f"cannot be read: {type(error).__name__}: {error}"))
    return documents, problems


def _reason(error: OSError) -> str:
    """Say in a few words why the system refused a file."""
    return error.strerror.lower() if error.strerror else str(error)


def analyze_batch(documents: list[Document], lang: str) -> Batch:
    """Analyse some records of a large file."""
    return _process().analyzed(documents, [lang] * len(documents))


def read_all(tasks: list[Task], *, jobs: int, max_size_bytes: int) -> Iterator[Batch]:
    """Read and analyse files, in order.

    Args:
        tasks: the files.
        jobs: processes; 0 for as many as there are cores.
        max_size_bytes: of one file.
    """
    processes = jobs or len(os.sched_getaffinity(0))
    calls = _calls(tasks, max_size_bytes)
    if processes == 1 or sum(task.file.size for task in tasks) < WORTH_PROCESSES_BYTES:
        for function, *arguments in calls:
            yield function(*arguments)
        return
    pool = ProcessPoolExecutor(processes, mp_context=get_context(_way_to_start()))
    waiting: deque[Future[Sent]] = deque()
    tables = _Tables()
    try:
        for function, *arguments in calls:
            waiting.append(pool.submit(_sent, function, *arguments))
            if len(waiting) >= AHEAD * processes:
                yield tables.received(waiting.popleft().result())
        while waiting:
            yield tables.received(waiting.popleft().result())
    except BaseException:
        _abandon(pool)
        raise
    pool.shutdown()


def _way_to_start() -> str:
    """Fork where that is safe: the other ways run a caller's script again, which a script of four lines does not expect."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "forkserver"


def _abandon(pool: ProcessPoolExecutor) -> None:
    """End the work of a pool now: who presses Ctrl-C does not wait for a batch of six seconds."""
    running = list((pool._processes or {}).values())  # noqa: SLF001 -- terminate_workers() is there from Python 3.14 on
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()


def _calls(tasks: Iterable[Task], max_size_bytes: int) -> "Iterator[tuple[Callable[..., Batch], *tuple[object, ...]]]":
    """Share the work out: batches of small files, and batches of the records of a large one."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        if task.file.size >= LARGE_BYTES:
            if batch:
                yield read_batch, batch, max_size_bytes
                batch, size = [], 0
            yield from _large(task, max_size_bytes)
            continue
        batch.append(task)
        size += task.file.size
        if size >= BATCH_BYTES or len(batch) >= BATCH_FILES:
            yield read_batch, batch, max_size_bytes
            batch, size = [], 0
    if batch:
        yield read_batch, batch, max_size_bytes


def _large(task: Task, max_size_bytes: int) -> "Iterator[tuple[Callable[..., Batch], *tuple[object, ...]]]":
    """Read a large file here; analyse its documents in batches; end it with its result."""
    path = task.file.path
    checked_ns = time.time_ns()
    try:
        data = read_bytes(path, max_size_bytes)
    except OSError as error:
        yield _done, FileResult(path, "", checked_ns, (), (Problem(path, _reason(error)),), empty=False)
        return
    digest = digest_of(data)
    documents, problems = _read(path, data)
    del data
    keys = tuple((document.path, document.id) for document in documents)
    waiting: list[Document] = []
    size = 0
    for document in documents:
        waiting.append(document)
        size += len(document.text)
        if size >= BATCH_BYTES // 2:
            yield analyze_batch, waiting, task.lang
            waiting, size = [], 0
    if waiting:
        yield analyze_batch, waiting, task.lang
    yield _done, FileResult(path, digest, checked_ns, keys, tuple(problems), empty=not keys and not problems)


def _done(result: FileResult) -> Batch:
    """End a large file."""
    return Batch([], [], [result])
