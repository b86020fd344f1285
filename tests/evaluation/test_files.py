"""Topics, judgements and runs are read as they are meant; a file in the wrong form is named with its line."""

from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import InputError, SourceError
from searchkit.evaluation.qrels import read_qrels
from searchkit.evaluation.runs import document_name, read_run, run_line, run_lines
from searchkit.evaluation.topics import Topic, read_topics


def _file(folder: Path, content: str | bytes, name: str = "file.jsonl") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_topics_of_beir(tmp_path: Path) -> None:
    """JSON Lines with ``_id`` or ``id``; more fields, blank lines and a BOM do no harm."""
    content = '\ufeff{"_id": "q1", "text": "наука", "metadata": {}}\n\n{"id": 7, "text": "과학"}\r\n'

    assert read_topics(_file(tmp_path, content)) == [Topic("q1", "наука"), Topic("7", "과학")]


def test_topics_as_a_table(tmp_path: Path) -> None:
    """``ID<TAB>QUERY``."""
    assert read_topics(_file(tmp_path, "q1\tone two\nq2\tthree\n", "topics.tsv")) == [Topic("q1", "one two"), Topic("q2", "three")]


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ('{"_id": "a", "text": "b"}\n{"_id": ', 2, "no JSON"),
        ("[1]\n", 1, "a JSON list"),
        ('{"text": "b"}\n', 1, 'no "_id"'),
        ('{"_id": "a"}\n', 1, 'no "text"'),
        ('{"_id": "a", "text": 3}\n', 1, 'no "text"'),
        ('{"_id": "a", "text": "b"}\n{"_id": "a", "text": "c"}\n', 2, "stands on line 1 already"),
        (b'{"_id": "a", "text": "\xff"}\n', 1, "0xff at column 23 is no UTF-8"),
    ],
)
def test_topics_in_the_wrong_form(tmp_path: Path, content: str | bytes, line: int, told: str) -> None:
    """File, line, what was found, what was expected."""
    path = _file(tmp_path, content)

    with pytest.raises(InputError) as caught:
        read_topics(path)

    assert caught.value.message.startswith(f"{path}, line {line}: ")
    assert told in caught.value.message
    assert caught.value.hint.startswith("expected ")


def test_qrels_of_beir_and_trec_are_the_same(tmp_path: Path) -> None:
    """Three columns under a header, or four without one."""
    beir = _file(tmp_path, "query-id\tcorpus-id\tscore\nq1\td 1\t2\nq1\td2\t0\nq2\td1\t-1\n", "a.tsv")
    trec = _file(tmp_path, "q1 0 d1 2\nq1 0 d2 0\nq2\t0\td1\t-1\n", "b.qrels")

    assert read_qrels(beir) == {"q1": {"d 1": 2, "d2": 0}, "q2": {"d1": -1}}
    assert read_qrels(trec) == {"q1": {"d1": 2, "d2": 0}, "q2": {"d1": -1}}


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("", 1, "no judgement"),
        ("query-id\tcorpus-id\tscore\n", 1, "no judgement"),
        ("q1\td1\n", 1, "2 columns"),
        ("h\th\tscore\nq1\td1\t1\nq1\td1\n", 3, "2 columns"),
        ("q1 0 d1 yes\n", 1, "the grade 'yes'"),
        ("q1\td1\t1\nq1\td2\t1.5\n", 2, "the grade '1.5'"),
        ("q1 0 d1 1\nq1 0 d2 1 5\n", 2, "5 columns"),
        ("h\th\tscore\n\td1\t1\n", 2, "an empty id"),
    ],
)
def test_qrels_in_the_wrong_form(tmp_path: Path, content: str, line: int, told: str) -> None:
    """File, line, what was found, what was expected."""
    path = _file(tmp_path, content)

    with pytest.raises(InputError) as caught:
        read_qrels(path)

    assert caught.value.message.startswith(f"{path}, line {line}: ")
    assert told in caught.value.message


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Scores are exact, blanks in ids percent-encoded; ir-measures reads the same."""
    run = {"q 1": {"a b": 0.1 + 0.2, "ü": 1e-9}, "q2": {"c": -3.0}}
    path = _file(tmp_path, "".join(line + "\n" for line in run_lines(run)))

    assert read_run(path) == {"q%201": {"a%20b": 0.1 + 0.2, "ü": 1e-9}, "q2": {"c": -3.0}}
    theirs = {(doc.query_id, doc.doc_id): doc.score for doc in ir_measures.read_trec_run(path)}  # type: ignore[no-untyped-call]
    assert theirs[("q%201", "a%20b")] == 0.1 + 0.2


@given(name=st.text(min_size=1))
def test_a_run_line_always_has_six_columns(name: str) -> None:
    """Whatever is in an id."""
    name = name.encode("utf-8", "replace").decode()

    assert len(run_line(name, name, 1, 0.5).split()) == 6
    assert document_name(document_name(name)) == document_name(name)


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("q Q0 d 1 1.0\n", 1, "5 columns"),
        ("q Q0 d 1 high run\n", 1, "the score 'high'"),
        ("q Q0 d 1 nan run\n", 1, "the score 'nan'"),
        ("q Q0 d 1 1 run\nq Q0 d 2 0.5 run\n", 2, "stands twice"),
    ],
)
def test_runs_in_the_wrong_form(tmp_path: Path, content: str, line: int, told: str) -> None:
    """File, line, what was found, what was expected."""
    path = _file(tmp_path, content)

    with pytest.raises(InputError) as caught:
        read_run(path)

    assert caught.value.message.startswith(f"{path}, line {line}: ")
    assert told in caught.value.message


def test_a_missing_file_is_told() -> None:
    """Not an OSError, and without a line."""
    with pytest.raises(SourceError, match=r"^/no/such/file: no such file"):
        read_run("/no/such/file")
