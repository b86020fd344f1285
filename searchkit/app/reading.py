"""How do many files become analysed documents, on all cores and in order?

Each batch of files or records is the work of one process; results come back
in the order of the files, so that the same folder always gives the same
index.  No index is touched.
"""

import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence

from searchkit.app.analysing import FileResult, Limits, Sent, Task, allow
from searchkit.app.largefiles import calls_of
from searchkit.app.memory import processes, share_bytes
from searchkit.engine.contract import AnalyzedDocument, Form
from searchkit.engine.forms import PackedForms
from searchkit.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a small run starts no process: 24 modules, two empty interpreters
    from concurrent.futures import Future, ProcessPoolExecutor

WORTH_PROCESSES_BYTES = 2 << 20  # below, starting processes takes longer than the work (0.2 s each)
WORTH_PROCESS_BYTES = 6 << 20  # so much takes up no more memory than there is: one process does without another
AHEAD = 3  # batches under way for each process; bounds what waits in memory


class Batch(NamedTuple):
    """Analysed documents with the table of their forms, and the files that they end.

    Attributes:
        documents: in file order.
        forms: the table that they point into.
        results: of the files that are complete with this batch.
    """

    documents: list[AnalyzedDocument]
    forms: Sequence[Form]
    results: list[FileResult]


class _Tables:
    """The tables of all processes, put together again; batches of one process come in its order."""

    def __init__(self) -> None:
        self._tables: dict[int, tuple[int, PackedForms]] = {}
        self.outgrown = False

    def received(self, sent: Sent) -> Batch:
        """Give a batch with its table."""
        process, number = sent.table
        known, forms = self._tables.get(process, (-1, PackedForms()))
        if known != number:
            forms = PackedForms()
            self._tables[process] = number, forms
        forms.extend(sent.forms)
        self.outgrown |= sent.outgrown
        return Batch(sent.documents, forms, sent.results)


def read_all(tasks: list[Task], *, jobs: int, limits: Limits) -> Iterator[Batch]:
    """Read and analyse files, in order.

    Args:
        tasks: the files.
        jobs: processes; 0 for as many as there are cores; fewer where the memory does not go round.
        limits: of the run.
    """
    count = processes(jobs, limits.memory_bytes)
    share = share_bytes(count, limits.memory_bytes)
    calls = calls_of(tasks, limits)
    tables = _Tables()
    if sum(task.file.size for task in tasks) < (WORTH_PROCESS_BYTES if count == 1 else WORTH_PROCESSES_BYTES):
        allow(share)
        for function, *arguments in calls:
            yield tables.received(function(*arguments))
        return
    # Who asked for one process gets no second one's work: reading and writing take turns.
    ahead = AHEAD * count if count > 1 else 1
    waiting: deque[Future[Sent]] = deque()
    pool = _pool(count, share)
    try:
        for function, *arguments in calls:
            waiting.append(pool.submit(function, *arguments))
            while waiting and (len(waiting) >= ahead or tables.outgrown):
                yield tables.received(waiting.popleft().result())
            if tables.outgrown:
                pool.shutdown()
                pool, tables = _pool(count, share), _Tables()
        while waiting:
            yield tables.received(waiting.popleft().result())
    except BaseException:
        _abandon(pool)
        raise
    pool.shutdown()


def _pool(count: int, share: int) -> "ProcessPoolExecutor":
    """Start processes; what they hold of words goes with them when they end."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(count, mp_context=get_context(_way_to_start()), initializer=allow, initargs=(share,))


def _way_to_start() -> str:
    """Fork where that is safe: the other ways run a caller's script again, which a script of four lines does not expect."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "forkserver"


def _abandon(pool: "ProcessPoolExecutor") -> None:
    """End the work of a pool now: who presses Ctrl-C does not wait for a batch of six seconds."""
    running = list((pool._processes or {}).values())  # noqa: SLF001 -- terminate_workers() is there from Python 3.14 on
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()
