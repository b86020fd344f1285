"""Every record is a document of its own; a bad one is a problem with its line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.documents.model import Document, Problem
from searchkit.documents.read import read_file
from tests.documents.texts import check_document


def read(source: str, path: str = "/c.jsonl") -> list[Document | Problem]:
    """What a file gives."""
    return list(read_file(path, source.encode("utf-8", "surrogatepass")))


def test_records_are_documents() -> None:
    """The BEIR layout: id, title, text and what else there is."""
    found = read(
        '{"_id": "a", "title": " T\\n1 ", "text": "one\\ntwo", "lang": "kaz", "url": "u", "n": 5, '
        '"date": "2024-06", "metadata": {"k": "v"}}\n'
        '\n{"id": 7, "text": "e\\u0301", "title": ""}\n'
    )

    first, second = found
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.title, first.text, first.language, first.date, first.line) == ("a", "T 1", "one\ntwo", "kk", "2024-06", 1)
    assert first.metadata == {"k": "v", "url": "u", "n": "5"}
    assert first.lines == ((0, 1), (4, 1))
    assert (second.id, second.title, second.text, second.line, second.lines) == ("7", None, "é", 3, ((0, 3),))


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"_id": "b", "text": ', "not JSON: expecting value, column 21"),
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', "record without _id or id"),
        ('{"_id": "b"}', 'record "b" has no text'),
        ('{"_id": "b", "text": 5}', 'record "b" has no text'),
        ('{"_id": "a", "text": "again"}', 'id "a" is there already, on line 1'),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_bad_record_is_a_problem_with_its_line(record: str, reason: str) -> None:
    """The others are read all the same; of two with one id the first stays."""
    found = read(f'{{"_id": "a", "text": "first"}}\n{record}\n{{"_id": "c", "text": "last"}}')

    assert [item.id for item in found if isinstance(item, Document)] == ["a", "c"]
    assert [item for item in found if isinstance(item, Problem)] == [Problem("/c.jsonl", reason, 2)]


def test_record_without_text_or_title_is_passed_over() -> None:
    """Nothing to be found by, nothing to complain of."""
    assert read('{"_id": "a", "text": ""}') == []
    assert len(read('{"_id": "a", "title": "T", "text": ""}')) == 1


def test_half_a_character_is_replaced() -> None:
    """JSON can spell a lone surrogate, which no file can hold."""
    (found,) = read('{"_id": "\\ud800", "text": "a\\udfff"}')

    assert isinstance(found, Document)
    assert (found.id, found.text) == ("\ufffd", "a\ufffd")


def test_json_file_of_records() -> None:
    """A list of records, or one; each knows its line.  Any other JSON is a plain text."""
    listed = read('[\n  {"_id": "a", "text": "x"},\n  {\n    "_id": "b", "text": "y"}\n]\n', "/c.json")
    single = read('{\n "title": "T", "text": "x"\n}', "/c.json")
    other = read('{"version": 1}', "/package.json")

    assert [(item.id, item.line) for item in listed if isinstance(item, Document)] == [("a", 2), ("b", 3)]
    assert [item.id for item in single if isinstance(item, Document)] == ["/c.json"]
    assert [(item.id, item.text) for item in other if isinstance(item, Document)] == [("/package.json", '{"version": 1}')]


def test_records_are_known_by_their_content() -> None:
    """Also under another name."""
    (found,) = read('{"_id": "a", "text": "x"}', "/c.txt")

    assert isinstance(found, Document)
    assert found.id == "a"


@given(
    records=st.lists(
        st.one_of(
            st.fixed_dictionaries(
                {"_id": st.text(max_size=3), "text": st.text(max_size=20)},
                optional={"title": st.text(), "date": st.integers(), "x": st.none()},
            ),
            st.integers(),
        ),
        max_size=6,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_records_are_sound_documents(records: list[object]) -> None:
    """Each key once, each on its line."""
    found = read("\n".join(map(json.dumps, records)))
    documents = [item for item in found if isinstance(item, Document)]

    for document in documents:
        check_document(document)
    assert len({document.id for document in documents}) == len(documents)
    assert all(1 <= (item.line or 0) <= len(records) for item in found)


def test_ids_that_become_one_are_one() -> None:
    """Halves of characters all turn into the same sign: the first stays, as with any id that comes twice."""
    found = read('{"_id": "\\ud800", "text": "first"}\n{"_id": "\\udfff", "text": "second"}\n{"_id": "\\ufffd", "text": "third"}')

    assert [item.text for item in found if isinstance(item, Document)] == ["first"]
    assert [item.line for item in found if isinstance(item, Problem)] == [2, 3]
