"""How is the reading of many files shared out, so that none has to be held whole?

Small files go to the processes as batches of paths; a large file of records
is read here, record by record, and its records are shared out; any other
large file is one text, and read here as a whole.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing

from searchkit.app.analysing import (
    FileResult,
    Limits,
    Sent,
    Task,
    analyze_batch,
    done,
    failed,
    read,
    read_batch,
    read_bytes,
    reason_of,
)
from searchkit.app.memory import batch_bytes, most_chars, too_long
from searchkit.documents.changes import digest_of
from searchkit.documents.largefile import digest_of_records, iter_records
from searchkit.documents.model import Document, Problem
from searchkit.engine.contract import Key

BATCH_FILES = 200
LARGE_BATCHES = 4  # a file of so many batches is read here
Call = tuple[Callable[..., Sent], *tuple[object, ...]]


def calls_of(tasks: Iterable[Task], limits: Limits) -> Iterator[Call]:
    """Give the pieces of the work, in order."""
    most = batch_bytes(limits.memory_bytes)
    batch: list[Task] = []
    size = 0
    for task in tasks:
        is_large = task.file.size >= LARGE_BATCHES * most
        if batch and (is_large or size + task.file.size > most or len(batch) >= BATCH_FILES):
            yield read_batch, batch, limits
            batch, size = [], 0
        if is_large:
            yield from _large(task, limits)
        else:
            batch.append(task)
            size += task.file.size
    if batch:
        yield read_batch, batch, limits


def _large(task: Task, limits: Limits) -> Iterator[Call]:
    """Read a large file; end it with its result."""
    path = task.file.path
    checked_ns = time.time_ns()
    keys: list[Key] = []
    problems: list[Problem] = []
    try:
        digest = digest_of_records(path) if task.file.size <= limits.max_size_bytes else ""
        if digest:
            with closing(_records(path, limits, problems)) as found:
                yield from _shared_out(found, task.lang, limits, keys)
        else:
            data = read_bytes(path, limits.max_size_bytes)
            digest = digest_of(data)
            documents, problems = read(path, data, most_chars(limits.memory_bytes))
            del data
            yield from _shared_out(documents, task.lang, limits, keys)
    except OSError as error:
        yield done, failed(path, checked_ns, reason_of(error), tuple(keys))
    except UnicodeDecodeError:
        yield done, failed(path, checked_ns, "it has changed while it was read", tuple(keys))
    else:
        yield done, FileResult(path, digest, checked_ns, tuple(keys), tuple(problems), empty=not keys and not problems)


def _records(path: str, limits: Limits, problems: list[Problem]) -> Generator[Document, None, None]:
    """Give the records of a file, and put its problems into a list."""
    most = most_chars(limits.memory_bytes)
    for item in iter_records(path, most, lambda chars: too_long(chars, most)):
        if isinstance(item, Document):
            yield item
        else:
            problems.append(item)


def _shared_out(documents: Iterable[Document], lang: str, limits: Limits, keys: list[Key]) -> Iterator[Call]:
    """Put documents together to batches, and note their keys."""
    most = batch_bytes(limits.memory_bytes)
    waiting: list[Document] = []
    size = 0
    for document in documents:
        keys.append((document.path, document.id))
        waiting.append(document)
        size += len(document.text) * (1 if document.text.isascii() else 2)
        if size >= most:
            yield analyze_batch, waiting, lang, limits
            waiting, size = [], 0
    if waiting:
        yield analyze_batch, waiting, lang, limits
