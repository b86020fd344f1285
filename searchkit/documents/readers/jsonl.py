"""Which records does a JSON file hold?

JSON Lines in the BEIR layout, one document a line; also a file that is one
such object or a list of them.  A bad record is a problem with its line, and
the others are read.
"""

import json
import re
from collections.abc import Iterable, Iterator

from searchkit.documents.facts import one_line, parse_date, parse_language
from searchkit.documents.model import Document, Problem
from searchkit.text.normalize import nfc

_KNOWN = frozenset(("_id", "id", "title", "text", "lang", "language", "date", "metadata"))
_SURROGATE = re.compile("[\ud800-\udfff]")  # "\\ud800" in JSON: a half that no file can hold
_BLANK = re.compile(r"\s*")


def read_jsonl(path: str, source: str) -> Iterator[Document | Problem]:
    """Read the records of a JSON Lines file.

    Args:
        path: absolute path of the file.
        source: its text, LF line ends.
    """
    return read_lines(path, _lines(source))


def read_lines(path: str, lines: Iterable[str]) -> Iterator[Document | Problem]:
    """Read the records of a JSON Lines file, line by line.

    Args:
        path: absolute path of the file.
        lines: with or without their ends.
    """
    seen: dict[str, int] = {}
    for line, written in enumerate(lines, 1):
        if record := written.strip(" \t\n\ufeff\x00"):
            yield from _parsed(path, record, line, seen)


def _lines(source: str) -> Iterator[str]:
    at = 0
    while at < len(source):
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        yield source[at:end]
        at = end + 1


def _parsed(path: str, record: str, line: int, seen: dict[str, int]) -> Iterator[Document | Problem]:
    try:
        value = json.loads(record)
    except RecursionError:
        yield Problem(path, "nested too deeply", line)
    except ValueError as error:
        reason = getattr(error, "msg", None)
        yield Problem(
            path,
            f"not JSON: {reason[0].lower() + reason[1:]}, column {error.colno}"
            if isinstance(error, json.JSONDecodeError) and reason
            else "not JSON",
            line,
        )
    else:
        yield from _record(path, value, line, seen)


def read_json(path: str, source: str) -> Iterator[Document | Problem] | None:
    """Read a JSON file that is a record or a list of records.

    Returns:
        None if the file is something else; it is a plain text then.
    """
    # Most JSON files hold no records: not worth ten times their size in memory.
    values = _elements(source) if '"text"' in source else []
    if not values or not all(isinstance(value, dict) and isinstance(value.get("text"), str) for value, _ in values[:1]):
        return None
    seen: dict[str, int] = {}
    single = not source.lstrip("\ufeff \t\r\n").startswith("[")
    return (item for value, line in values for item in _record(path, value, line, seen, fallback=path if single else ""))


def _elements(source: str) -> list[tuple[object, int]]:
    """Give the elements of a list, or the one object, with their lines; none if the source is no JSON."""
    decoder = json.JSONDecoder()
    start = _BLANK.match(source.lstrip("\ufeff"))
    at = (start.end() if start else 0) + len(source) - len(source.lstrip("\ufeff"))
    found: list[tuple[object, int]] = []
    is_list = source.startswith("[", at)
    at += is_list
    line, counted = 1, 0
    try:
        while True:
            at = _skip(source, at)
            if is_list and source.startswith("]", at):
                return found if not source[at + 1 :].strip() else []
            line += source.count("\n", counted, at)
            counted = at
            value, at = decoder.raw_decode(source, at)
            found.append((value, line))
            at = _skip(source, at)
            if not is_list:
                return found if at == len(source) else []
            at += source.startswith(",", at)
    except (ValueError, RecursionError):
        return []


def _skip(source: str, at: int) -> int:
    """Move on over white space."""
    found = _BLANK.match(source, at)
    return found.end() if found else at


def _record(path: str, value: object, line: int, seen: dict[str, int], fallback: str = "") -> Iterator[Document | Problem]:
    """Make a document of a record, or say what is wrong with it."""
    if not isinstance(value, dict):
        yield Problem(path, "not a JSON object", line)
        return
    identifier = next((value[key] for key in ("_id", "id") if value.get(key) is not None), fallback)
    text = value.get("text")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier:
        yield Problem(path, "record without _id or id", line)
        return
    identifier = _clean(identifier)  # before it is compared: two different halves of a character become one and the same
    if not isinstance(text, str):
        yield Problem(path, f'record "{identifier}" has no text', line)
    elif identifier in seen:
        yield Problem(path, f'id "{identifier}" is there already, on line {seen[identifier]}', line)
    else:
        seen[identifier] = line
        document = _document(path, identifier, value, line)
        if document.text.strip() or document.title:
            yield document


def _document(path: str, identifier: str, value: dict[str, object], line: int) -> Document:
    text = nfc(_clean(str(value["text"])).replace("\r\n", "\n").replace("\r", "\n"))
    title = value.get("title")
    nested = value.get("metadata")
    facts = {**(nested if isinstance(nested, dict) else {}), **{key: fact for key, fact in value.items() if key not in _KNOWN}}
    # Every line of the text stands on the record's line of the source.
    breaks = [match.end() for match in re.finditer("\n", text)]
    return Document(
        id=identifier,
        path=path,
        title=one_line(nfc(_clean(title))) if isinstance(title, str) else None,
        text=text,
        language=parse_language(_string(value.get("lang") or value.get("language"))),
        date=parse_date(_string(value.get("date"))),
        lines=((0, line), *((offset, line) for offset in breaks if offset < len(text))),
        line=line,
        metadata={_clean(str(key)): written for key, fact in facts.items() if (written := _string(fact))},
    )


def _string(value: object) -> str:
    """Write a value of JSON as a string; nothing for nothing."""
    if value is None or value == "":
        return ""
    return _clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _clean(text: str) -> str:
    """Replace lone surrogates, which no text file and no terminal can hold."""
    return _SURROGATE.sub("\ufffd", text)
