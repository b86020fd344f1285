"""What does one process of an indexing run do?  It reads files, decodes and analyses them.

It keeps an analyser from batch to batch, and hands on the forms that are new
to it.  Who shares the work out and puts the answers together is ``reading``;
no index is touched.
"""

import os
import sys
import time
from array import array
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from searchkit.app.memory import Allowance, batch_bytes, most_chars, too_long
from searchkit.app.patience import Patience, TooSlowError, reading_seconds
from searchkit.batches import BatchAnalyzer
from searchkit.documents.changes import digest_of
from searchkit.documents.discover import open_regular, read_some
from searchkit.documents.model import Document, FoundFile, Problem
from searchkit.documents.read import read_file
from searchkit.engine.contract import AnalyzedDocument, Key
from searchkit.engine.forms import Packed
from searchkit.formcache import FormCache
from searchkit.longtexts import analyze_long
from searchkit.typed import NamedTuple

MOST_FORMS = 400_000  # of a table: 50 MB of lines
LEAST_FORMS = 4_000  # an analyser that has seen fewer is not begun anew: it would do nothing else


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


class Limits(NamedTuple):
    """What a run may take.

    Attributes:
        max_size_bytes: of a file.
        memory_bytes: of the whole run.
    """

    max_size_bytes: int
    memory_bytes: int


class Sent(NamedTuple):
    """What a process has made of a piece of the work.

    Attributes:
        documents, results: as in ``Batch``.
        table: that the documents point into: process and number of the table there.
        forms: that come after those already sent.
        outgrown: whether another process should go on.
    """

    documents: list[AnalyzedDocument]
    results: list[FileResult]
    table: tuple[int, int]
    forms: list[Packed]
    outgrown: bool


def _at_end(deed: Callable[[], object]) -> None:
    """Have something done when this process ends: a worker is ended by ``multiprocessing``, which a small run does without."""
    if "multiprocessing.util" in sys.modules:
        from multiprocessing.util import Finalize

        Finalize(None, deed, exitpriority=0)
    else:
        import atexit

        atexit.register(deed)


class _Process:
    """What a process keeps from batch to batch: its analyser, and how much it has sent.

    Its table of forms is longer than the analyser's: that one begins anew
    when the process takes up too much memory.
    """

    def __init__(self) -> None:
        self.allowance = Allowance(1 << 30)
        _at_end(_known().write)
        self._analyzer = BatchAnalyzer(_known())
        self._number = 0  # of the table
        self._before = 0  # forms in it of earlier analysers
        self._handed = 0  # forms of this analyser that were handed on
        self._forms: list[Packed] = []

    def analyzed(self, documents: list[Document], langs: list[str], part_chars: int, results: list[FileResult]) -> Sent:
        """Analyse documents, long ones part by part."""
        if self._before + self._handed > MOST_FORMS:
            self._number += 1
            self._begin_anew()
            self._before = 0
        found: list[AnalyzedDocument] = []
        low = 0
        for high in [*(at for at, document in enumerate(documents) if len(document.text) > 2 * part_chars), len(documents)]:
            if low < high:
                found += self._together(documents[low:high], langs[low:high])
            if high < len(documents):
                found.append(analyze_long(documents[high], langs[high], part_chars, lambda part, code: self._together([part], [code])[0]))
            low = high + 1
        forms, self._forms = self._forms, []
        return Sent(found, results, (os.getpid(), self._number), forms, self.allowance.is_outgrown())

    def _together(self, documents: list[Document], langs: list[str]) -> list[AnalyzedDocument]:
        """Analyse some documents at once, by the numbers of the table."""
        if self._handed > LEAST_FORMS and self.allowance.is_spent():
            self._begin_anew()
        found = self._analyzer.documents(documents, langs)
        fresh = self._analyzer.forms.handed_on(self._handed)
        self._forms += fresh
        self._handed += len(fresh)
        if self._before:
            for document in found:
                document.title_forms = shifted(document.title_forms, self._before)
                document.forms = shifted(document.forms, self._before)
        return found

    def _begin_anew(self) -> None:
        self._analyzer = BatchAnalyzer(_known())
        self._before, self._handed = self._before + self._handed, 0
        self.allowance.begin()


def shifted(rows: "array[int]", by: int) -> "array[int]":
    """Add a number to all."""
    return array("I", (np.frombuffer(rows, np.uint32) + np.uint32(by)).tobytes()) if rows else rows


@lru_cache(maxsize=1)
def _known() -> FormCache:
    """Give what other runs found out about words, and what this process does."""
    return FormCache()


@lru_cache(maxsize=1)
def _process() -> _Process:
    """Give what this process keeps."""
    return _Process()


def allow(limit_bytes: int) -> None:
    """Begin a run: with an empty table, and so much memory as this process may take up."""
    _process.cache_clear()
    _process().allowance = Allowance(limit_bytes)


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


def read_batch(tasks: list[Task], limits: Limits) -> Sent:
    """Read and analyse some files; what goes wrong with one is that one's problem."""
    found: list[Document] = []
    langs: list[str] = []
    results: list[FileResult] = []
    for task in tasks:
        checked_ns = time.time_ns()
        path = task.file.path
        try:
            data = read_bytes(path, limits.max_size_bytes)
        except OSError as error:
            results.append(failed(path, checked_ns, reason_of(error)))
            continue
        mine, problems = read(path, data, most_chars(limits.memory_bytes))
        found += mine
        langs += [task.lang] * len(mine)
        keys = tuple((document.path, document.id) for document in mine)
        results.append(FileResult(path, digest_of(data), checked_ns, keys, tuple(problems), empty=not mine and not problems))
    return _process().analyzed(found, langs, batch_bytes(limits.memory_bytes), results)


def failed(path: str, checked_ns: int, reason: str, keys: tuple[Key, ...] = ()) -> FileResult:
    """Say that a file cannot be read; what was read of it before is kept."""
    return FileResult(path, "", checked_ns, keys, (Problem(path, reason),), empty=False)


def read(path: str, data: bytes, most_chars: int) -> tuple[list[Document], list[Problem]]:
    """Read a file's documents; a reader that fails costs that file alone, a text that is too long itself."""
    documents: list[Document] = []
    problems: list[Problem] = []
    try:
        with Patience(reading_seconds(len(data))):
            for item in read_file(path, data):
                if not isinstance(item, Document):
                    problems.append(item)
                elif len(item.text) > most_chars:
                    problems.append(Problem(path, too_long(len(item.text), most_chars), item.line if item.id != path else None))
                else:
                    documents.append(item)
    except TooSlowError as error:
        return [], [Problem(path, f"cannot be read: {error}")]
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        problems.append(Problem(path, f"cannot be read: {type(error).__name__}: {error}"))
    return documents, problems


def reason_of(error: OSError) -> str:
    """Say in a few words why the system refused a file."""
    return error.strerror.lower() if error.strerror else str(error)


def analyze_batch(documents: list[Document], lang: str, limits: Limits) -> Sent:
    """Analyse some records of a large file."""
    return _process().analyzed(documents, [lang] * len(documents), batch_bytes(limits.memory_bytes), [])


def done(result: FileResult) -> Sent:
    """End a large file."""
    return _process().analyzed([], [], 1, [result])
