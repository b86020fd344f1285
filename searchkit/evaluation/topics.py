"""What was asked?  Topics (queries with ids) from BEIR JSON Lines or a two-column table.

Which of the two a file is, its name says: ``.tsv`` and ``.txt`` are tables,
everything else is JSON Lines.
"""

import json
from collections.abc import Iterator

from searchkit.errors import InputError, SourceError
from searchkit.typed import Any, NamedTuple

_EXPECTED = 'one JSON object a line with "_id" and "text"'


class Topic(NamedTuple):
    """A query with its id."""

    id: str
    text: str


def read_topics(path: str) -> list[Topic]:
    """Read a file of topics, in its order.

    Raises:
        InputError: a line is not in the form it should have, or an id comes twice.
    """
    table = path.endswith((".tsv", ".txt"))
    topics: list[Topic] = []
    seen: dict[str, int] = {}
    for number, line in iter_lines(path):
        topic = _table_row(path, number, line) if table else _record(path, number, line)
        if topic.id in seen:
            raise InputError(path, number, f"the id {topic.id!r} stands on line {seen[topic.id]} already", "every id once")
        seen[topic.id] = number
        topics.append(topic)
    return topics


def iter_lines(path: str) -> Iterator[tuple[int, str]]:
    """Read the lines of a UTF-8 file that are not blank, with their numbers.

    Raises:
        SourceError: the file cannot be read.
        InputError: a line is no UTF-8.
    """
    try:
        with open(path, "rb") as file:
            for number, raw in enumerate(file, start=1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                except UnicodeDecodeError as error:
                    raise InputError(
                        path, number, f"byte {raw[error.start]:#04x} at column {error.start + 1} is no UTF-8", "UTF-8"
                    ) from error
                if line.strip():
                    yield number, line
    except OSError as error:
        raise SourceError(path, (error.strerror or str(error)).lower()) from error


def _table_row(path: str, number: int, line: str) -> Topic:
    name, tab, text = line.partition("\t")
    if not tab or not name.strip():
        raise InputError(path, number, f"no tab after an id: {clipped(line)}", "ID<TAB>QUERY")
    return Topic(name.strip(), text.strip())


def _record(path: str, number: int, line: str) -> Topic:
    try:
        record: Any = json.loads(line)
    except ValueError as error:
        raise InputError(path, number, f"no JSON: {clipped(line)}", _EXPECTED) from error
    if not isinstance(record, dict):
        raise InputError(path, number, f"a JSON {type(record).__name__}", _EXPECTED)
    name = record.get("_id", record.get("id"))
    text = record.get("text")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name:
        raise InputError(path, number, 'no "_id"', _EXPECTED)
    if not isinstance(text, str):
        raise InputError(path, number, 'no "text"', _EXPECTED)
    return Topic(name, text)


def clipped(line: str) -> str:
    """Give the beginning of a line, for a message."""
    longest = 60
    return line if len(line) <= longest else line[:longest] + "…"
