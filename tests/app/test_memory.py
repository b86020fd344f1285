"""A run holds no more than it may: what is large is read, analysed and kept piece by piece, and nobody sees a difference."""

import json
import sys
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.app import analysing, memory
from searchkit.app.analysing import Limits, Task, shifted
from searchkit.app.index import Index
from searchkit.app.indexing import update
from searchkit.app.memory import Allowance, most_chars, processes, share_bytes
from searchkit.app.reading import read_all
from searchkit.app.results import IndexReport, SearchResult
from searchkit.app.verifying import verify
from searchkit.documents.model import FoundFile
from searchkit.settings import IndexSettings

MEGABYTE = 1 << 20
Refresh = Callable[..., IndexReport]
Ask = Callable[..., SearchResult]
WORDS = ["Windkraft", "Schülerin", "Министр", "Vertrag", "memorandum", "university", "Kasachstan", "water", "Haus", "Mietvertrag"]


def records(count: int) -> str:
    """Make records of different words."""
    texts = (" ".join(f"{word}{number % 97}" if at % 3 else word for at, word in enumerate(WORDS)) for number in range(count))
    return "".join(json.dumps({"_id": str(number), "text": text}, ensure_ascii=False) + "\n" for number, text in enumerate(texts))


def read(path: Path, memory_bytes: int) -> list[tuple[object, ...]]:
    """Give what comes of a file, form by form."""
    found = path.stat()
    task = Task(FoundFile(str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino), "auto")
    given: list[tuple[object, ...]] = []
    for batch in read_all([task], jobs=1, limits=Limits(256 * MEGABYTE, memory_bytes)):
        for document in batch.documents:
            rows = [*document.title_forms, *document.forms]
            given.append(
                (document.key, document.text, document.line, document.language, [batch.forms[row] for row in rows], document.chunks)
            )
        given += [(result.digest, result.keys, result.problems, result.empty) for result in batch.results]
    return given


@pytest.mark.parametrize("name", ["c.jsonl", "c.txt"])
def test_a_file_of_records_is_the_same_read_in_pieces(tmp_path: Path, name: str) -> None:
    """With a megabyte it is a large file, with a hundred it is read whole."""
    path = tmp_path / name
    path.write_text("\ufeff" + records(3000) + "no record\r\n\r" + '{"_id": "last", "text": "end"}', "utf-8")

    in_pieces, whole = read(path, MEGABYTE), read(path, 1000 * MEGABYTE)

    assert path.stat().st_size > 4 * memory.batch_bytes(MEGABYTE)
    assert in_pieces == whole
    assert len(whole) == 3002


def test_an_analyser_that_begins_anew_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even in the middle of the file, and whatever the table is called."""
    path = tmp_path / "c.jsonl"
    path.write_text(records(3000), "utf-8")
    whole = read(path, 1000 * MEGABYTE)
    monkeypatch.setattr(Allowance, "is_spent", lambda _: True)
    monkeypatch.setattr(analysing, "LEAST_FORMS", 10)
    monkeypatch.setattr(analysing, "MOST_FORMS", 700)

    assert read(path, MEGABYTE) == whole


def test_a_long_text_has_the_same_words_and_lines_part_by_part(tmp_path: Path) -> None:
    """Chunks end where parts end, and nothing else differs."""
    path = tmp_path / "long.txt"
    lines = [" ".join(WORDS[at % 7 :]) + f" {at}." + ("\n" if at % 5 == 0 else "") for at in range(2500)]
    path.write_text("\n".join(lines), "utf-8")

    (parts, parts_result), (whole, whole_result) = read(path, 2 * MEGABYTE), read(path, 1000 * MEGABYTE)

    assert path.stat().st_size > 2 * memory.batch_bytes(2 * MEGABYTE)
    assert parts[:5] == whole[:5]
    assert parts_result == whole_result
    source = path.read_text("utf-8")
    at = 0
    for start, end, line, words in parts[5]:  # type: ignore[attr-defined]
        assert start >= at
        assert not source[at:start].strip()
        assert line == 1 + source.count("\n", 0, start)
        assert words
        at = end


def test_a_text_that_is_too_long_is_named_and_the_others_are_read(refresh: Refresh, folder: Path, ask: Ask, index: str) -> None:
    """A file and a record; what was there stays."""
    refresh()
    most = most_chars(MEGABYTE)
    (folder / "book.txt").write_text("Wort " * most, "utf-8")
    filler = "".join(json.dumps({"_id": f"f{number}", "text": "Füllung " * 100}) + "\n" for number in range(1000))
    (folder / "c.jsonl").write_text(
        '{"_id": "a", "text": "Zeppelin"}\n' + json.dumps({"_id": "b", "text": "x " * most}) + "\n" + filler, "utf-8"
    )

    report = refresh(memory_bytes=MEGABYTE)

    assert (report.added, report.failed, report.removed) == (1001, 2, 0)
    assert [(Path(problem.path).name, problem.line) for problem in report.problems] == [("book.txt", None), ("c.jsonl", 2)]
    assert all("--memory" in problem.reason for problem in report.problems)
    assert ask("Zeppelin").total == 1
    assert ask("Windkraftanlagen").total == 1
    assert verify(index) == []


def test_a_file_that_changes_while_it_is_read_keeps_what_was_read(
    folder: Path, index: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told of, nothing is left without an owner, and the next run reads it anew."""
    path = folder / "c.jsonl"
    path.write_text(records(3000), "utf-8")

    def digest(_: str) -> str:
        with path.open("ab") as file:
            file.write(b"\xff\xff\n")
        return "01" * 20

    monkeypatch.setattr("searchkit.app.largefiles.digest_of_records", digest)

    first = update(index, [str(folder)], IndexSettings(jobs=1, memory_bytes=MEGABYTE))
    monkeypatch.undo()
    path.write_text(records(10), "utf-8")
    second = update(index, [str(folder)], IndexSettings(jobs=1, memory_bytes=MEGABYTE))

    assert [problem.reason for problem in first.problems] == ["it has changed while it was read"]
    assert second.documents == 15
    assert second.failed == 0
    assert ask("Mietvertrag").total == 10


@given(st.lists(st.integers(0, 1 << 30)), st.integers(0, 1 << 30))
def test_rows_are_moved(rows: list[int], by: int) -> None:
    """All by the same number."""
    assert list(shifted(array("I", rows), by)) == [row + by for row in rows]


def test_a_text_that_was_too_long_is_read_where_there_is_memory(tmp_path: Path) -> None:
    """Who takes the advice of the message needs not touch the file."""
    (tmp_path / "long.txt").write_text("lorem needle " * 150_000)
    with Index(tmp_path / "index") as index:
        first = index.update(tmp_path / "long.txt", jobs=1, memory_bytes=16 * MEGABYTE)
        again = index.update(jobs=1, memory_bytes=16 * MEGABYTE)
        more = index.update(jobs=1, memory_bytes=64 * MEGABYTE)

        assert [report.failed for report in (first, again, more)] == [1, 1, 0]
        assert index.search("needle").total == 1


def test_processes_share_the_memory() -> None:
    """As many as there is room for, and one at least; together with the writer no more than there is."""
    assert processes(1, 1) == 1
    assert processes(8, 64 * MEGABYTE) == 1
    assert 1 < processes(64, 512 * MEGABYTE) < 8
    assert processes(3, 64 << 30) == 3
    for count in (1, 2, 3, 8):
        memory_bytes = max(512, 250 * count) * MEGABYTE
        assert 0 < count * share_bytes(count, memory_bytes) + memory_bytes // 5 < memory_bytes


def test_what_was_too_much_once_is_not_had_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's count does not go down: objects in use are counted then."""
    now = {"resident": 50, "blocks": 1_000}
    monkeypatch.setattr(memory, "resident_bytes", lambda: now["resident"])
    monkeypatch.setattr(sys, "getallocatedblocks", lambda: now["blocks"])
    allowance = Allowance(100)
    seen = []
    for resident, blocks in [(90, 5_000), (105, 9_000), (105, 2_000), (105, 8_000), (105, 8_300), (130, 7_000)]:
        now.update(resident=resident, blocks=blocks)
        seen.append((allowance.is_spent(), allowance.is_outgrown()))
        if seen[-1][0]:
            now["blocks"] = 1_000
            allowance.begin()

    assert [spent for spent, _ in seen] == [False, True, False, False, True, False]
    assert [outgrown for _, outgrown in seen] == [False] * 5 + [True]


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_that_have_outgrown_are_followed_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """Each does some batches; together they give what one gives."""
    path = tmp_path / "c.jsonl"
    path.write_text(records(3000), "utf-8")
    whole = read(path, 1000 * MEGABYTE)
    monkeypatch.setattr("searchkit.app.reading.WORTH_PROCESS_BYTES", 0)
    monkeypatch.setattr("searchkit.app.reading.WORTH_PROCESSES_BYTES", 0)
    monkeypatch.setattr("searchkit.app.reading.processes", lambda *_: jobs)
    monkeypatch.setattr(Allowance, "is_outgrown", lambda _: True)

    assert read(path, MEGABYTE) == whole
