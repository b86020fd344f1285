"""The index follows the folder: what is added, changed, renamed, removed, and nothing else."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.indexing import forget, update
from searchkit.app.inspecting import show, status
from searchkit.app.results import IndexReport, SearchResult
from searchkit.errors import IndexDamagedError, SearchkitError, SourceError
from searchkit.settings import IndexSettings

Refresh = Callable[..., IndexReport]
Ask = Callable[..., SearchResult]


def counts(report: IndexReport) -> tuple[int, int, int, int]:
    """Give what was added, updated, left alone and removed."""
    return report.added, report.updated, report.unchanged, report.removed


def test_a_second_run_does_nothing(refresh: Refresh, index: str) -> None:
    """Nothing has changed: no file of the index does either."""
    refresh()
    before = {path.name: path.stat().st_mtime_ns for path in Path(index).iterdir() if "lock" not in path.name.lower()}

    report = refresh()

    assert counts(report) == (0, 0, 5, 0)
    assert {path.name: path.stat().st_mtime_ns for path in Path(index).iterdir() if "lock" not in path.name.lower()} == before


def test_added_changed_and_removed_files_are_seen(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """One of each in one run."""
    refresh()
    (folder / "new.txt").write_text("Ein Satellit umkreist die Erde.", "utf-8")
    (folder / "de.txt").write_text("Nun steht hier etwas von Weizen und Wasser.", "utf-8")
    (folder / "en.txt").unlink()

    report = refresh()

    assert counts(report) == (1, 1, 3, 1)
    assert ask("Satellit").total == 1
    assert ask("Weizen").total == 1
    assert ask("Windkraft", fuzzy="off").total == 0
    assert ask("memorandum", fuzzy="off").total == 0


def test_an_edit_of_the_same_size_and_time_is_seen(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """Size and mtime can lie; ctime and content do not."""
    path = folder / "note.txt"
    path.write_text("alpha beta gamma", "utf-8")
    facts = path.stat()
    refresh()
    path.write_text("alpha beta delta", "utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    report = refresh()

    assert report.updated == 1
    assert ask("delta").total == 1


def test_a_renamed_file_moves(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """The old path is gone, the new one is found."""
    refresh()
    (folder / "de.txt").rename(folder / "deutsch.txt")

    report = refresh()

    assert (report.added, report.removed) == (1, 1)
    assert [Path(hit.path).name for hit in ask("Förderung").hits] == ["deutsch.txt"]


def test_a_touched_file_is_unchanged(refresh: Refresh, folder: Path) -> None:
    """A new time is no new content."""
    refresh()
    (folder / "de.txt").touch()

    assert counts(refresh()) == (0, 0, 5, 0)


def test_one_new_record_leaves_the_others_alone(refresh: Refresh, folder: Path) -> None:
    """A file of records is compared record by record."""
    records = folder / "notes.jsonl"
    records.write_text('{"_id": "a", "text": "eins zwei"}\n{"_id": "b", "text": "drei vier"}\n', "utf-8")
    refresh()
    records.write_text(records.read_text("utf-8").replace("vier", "acht") + '{"_id": "c", "text": "neu"}\n', "utf-8")

    assert counts(refresh()) == (1, 1, 6, 0)


def test_a_bad_file_is_a_named_problem_and_the_good_ones_are_indexed(refresh: Refresh, folder: Path) -> None:
    """Told again by the next run, which does not read it."""
    (folder / "bad.bin").write_bytes(bytes(range(256)) * 20)

    first, second = refresh(), refresh()

    assert first.added == 5
    assert first.failed == second.failed == 1
    assert first.problems[0].path == str(folder / "bad.bin")


def test_an_unreadable_file_keeps_what_it_held(refresh: Refresh, folder: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was indexed stays until the file can be read again or is gone."""
    refresh()
    (folder / "de.txt").write_text("Etwas ganz anderes und längeres steht jetzt hier.", "utf-8")

    def refuse(path: str, _: int) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("searchkit.app.analysing.read_bytes", refuse)
    report = refresh()

    assert report.failed == 1
    assert ask("Windkraft").total == 1


def test_a_vanished_source_removes_nothing_unless_pruned(refresh: Refresh, folder: Path, ask: Ask, index: str) -> None:
    """A disk that is not mounted is no deletion."""
    refresh()
    folder.rename(folder.with_name("elsewhere"))

    report = update(index, None, IndexSettings())
    kept = ask("Förderung").total
    pruned = update(index, None, IndexSettings(prune=True))

    assert report.vanished == (str(folder),)
    assert (report.removed, kept) == (0, 1)
    assert pruned.removed == 5


def test_a_rebuild_keeps_what_a_vanished_source_held(refresh: Refresh, folder: Path, ask: Ask, index: str) -> None:
    """It starts from nothing, so it does not start, unless it is told to; but it gets out of a damaged index."""
    refresh()
    folder.rename(folder.with_name("elsewhere"))

    with pytest.raises(SourceError, match="would lose its documents") as refused:
        update(index, None, IndexSettings(rebuild=True))
    kept = ask("Förderung").total
    pruned = update(index, None, IndexSettings(rebuild=True, prune=True))

    assert "--prune" in refused.value.hint
    assert (kept, pruned.documents) == (1, 0)
    folder.with_name("elsewhere").rename(folder)
    refresh()
    folder.rename(folder.with_name("elsewhere"))
    for segment in Path(index).glob("*.segment"):
        segment.unlink()
    assert update(index, None, IndexSettings(rebuild=True)).vanished == (str(folder),)


def test_an_empty_mount_point_is_a_disk_that_is_not_mounted(
    refresh: Refresh, folder: Path, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But a folder that somebody emptied is empty."""
    refresh()
    for path in folder.iterdir():
        path.unlink()
    real = os.stat

    def on_another_disk(path: str, **options: bool) -> os.stat_result:
        found = real(path, **options)
        moved = list(found)
        moved[2] += 1
        return os.stat_result(moved) if path == str(folder) else found

    with monkeypatch.context() as patch:
        patch.setattr("searchkit.app.sources.os.stat", on_another_disk)
        unmounted = update(index, None, IndexSettings())
    emptied = update(index, None, IndexSettings())

    assert (unmounted.removed, unmounted.vanished) == (0, (str(folder),))
    assert (emptied.removed, emptied.vanished) == (5, ())


def test_only_the_given_source_is_visited(refresh: Refresh, folder: Path, tmp_path: Path) -> None:
    """The others stay as they are."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("ein anderer Ordner", "utf-8")
    refresh(folder, other)
    (folder / "de.txt").unlink()

    assert refresh(other).removed == 0
    assert refresh(folder).removed == 1


def test_a_forgotten_source_takes_its_documents_along(refresh: Refresh, folder: Path, tmp_path: Path, index: str) -> None:
    """But not those that another source still holds."""
    inner = folder / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text("innen", "utf-8")
    refresh(folder, inner)

    first = forget(index, str(inner), IndexSettings())
    second = forget(index, str(folder), IndexSettings())

    assert (first.removed, first.documents) == (0, 6)
    assert (second.removed, second.documents) == (6, 0)
    with pytest.raises(SourceError, match="not a remembered source"):
        forget(index, str(tmp_path), IndexSettings())


def test_a_rebuild_is_the_same_index(refresh: Refresh, ask: Ask, index: str) -> None:
    """Same hits, same scores, a new generation."""
    refresh()
    before = [(hit.path, hit.score) for hit in ask("университет келісім", match="any").hits]
    generation = status(index).generation

    report = update(index, None, IndexSettings(rebuild=True))

    assert report.added == 5
    assert [(hit.path, hit.score) for hit in ask("университет келісім", match="any").hits] == before
    assert status(index).generation > generation


def test_a_rebuild_gets_out_of_a_damaged_index(refresh: Refresh, ask: Ask, index: str) -> None:
    """Its sources are remembered even where its documents are lost; where they are lost too, it asks for them."""
    refresh()
    for path in Path(index).glob("*.segment"):
        path.write_bytes(b"x" * 100)
    with pytest.raises(IndexDamagedError):
        refresh()

    report = update(index, None, IndexSettings(rebuild=True))
    found = ask("Windkraft").total
    for path in Path(index).glob("*.blob"):
        path.write_bytes(b"x")
    with pytest.raises(IndexDamagedError) as caught:
        update(index, None, IndexSettings(rebuild=True))

    assert (report.added, found) == (5, 1)
    assert "FOLDER" in caught.value.hint
    assert refresh(rebuild=True).added == 5


def test_an_incremental_index_equals_a_new_one(refresh: Refresh, folder: Path, ask: Ask, index: str) -> None:
    """Deleted and replaced documents leave no trace in any score."""
    refresh()
    (folder / "x.txt").write_text("Förderung, Förderung und noch einmal Förderung der Universität", "utf-8")
    refresh()
    (folder / "x.txt").write_text("Die Universität wird gefördert.", "utf-8")
    (folder / "ko.txt").unlink()
    refresh()
    before = [(hit.path, hit.score) for hit in ask("Förderung Universität", match="any").hits]

    update(index, None, IndexSettings(rebuild=True))

    assert [(hit.path, hit.score) for hit in ask("Förderung Universität", match="any").hits] == before


def test_a_dry_run_changes_nothing(refresh: Refresh, folder: Path, index: str) -> None:
    """It says what would happen."""
    refresh()
    (folder / "de.txt").unlink()
    (folder / "new.txt").write_text("neu", "utf-8")

    report = refresh(dry_run=True)

    assert report.actions == (("remove", str(folder / "de.txt")), ("add", str(folder / "new.txt")))
    assert status(index).documents == 5


def test_two_processes_make_the_same_index_as_one(folder: Path, tmp_path: Path) -> None:
    """Batches come back in the order of the files."""
    for number in range(40):
        (folder / f"long{number}.txt").write_text(f"Absatz {number} über Windkraft und 과학기술 협력.\n\n" * 1500, "utf-8")

    one = update(str(tmp_path / "one"), [str(folder)], IndexSettings(jobs=1))
    two = update(str(tmp_path / "two"), [str(folder)], IndexSettings(jobs=2))

    assert counts(one) == counts(two)
    first, second = (sorted(path.read_bytes()[:-4096] for path in (tmp_path / name).glob("*.segment")) for name in ("one", "two"))
    assert first == second  # but for the end of the file, where its name stands


def test_four_lines_of_python_index_with_all_cores(folder: Path, tmp_path: Path) -> None:
    """A script without a guard for the main module is not run again by its processes."""
    for number in range(4):
        (folder / f"long{number}.txt").write_text(f"Absatz {number} über Windkraft.\n\n" * 40_000, "utf-8")
    script = tmp_path / "four.py"
    script.write_text(
        f"from searchkit import Index\nindex = Index({str(tmp_path / 'four')!r})\n"
        f"index.update([{str(folder)!r}], jobs=2)\nprint(index.search('Windkraft').total)\n",
        "utf-8",
    )

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=120)

    assert (done.stdout, done.stderr) == ("5\n", "")


def test_a_language_given_later_is_taken(refresh: Refresh, folder: Path, index: str) -> None:
    """The same content under another option is analysed anew."""
    refresh(folder / "en.txt")

    report = refresh(folder / "en.txt", lang="de")

    assert report.updated == 1
    assert status(index).languages == {"de": 1}


def test_nothing_to_index_is_said(index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a source and without corpus/ there is one clear line."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SourceError, match="no source is remembered"):
        update(index, None, IndexSettings())
    with pytest.raises(SourceError, match="no such file"):
        update(index, ["missing"], IndexSettings())


def test_another_version_of_an_analyser_is_refused(refresh: Refresh, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two versions are never mixed in silence."""
    refresh()
    monkeypatch.setattr("searchkit.app.indexing.versions", lambda: {"ko": 99, "de": 1})

    with pytest.raises(SearchkitError, match="another version of the analyser for"):
        refresh()


def test_the_index_is_no_source_of_itself(folder: Path) -> None:
    """An index inside a source is passed over."""
    inside = folder / "index"

    report = update(str(inside), [str(folder)], IndexSettings())
    again = update(str(inside), [str(folder)], IndexSettings())

    assert (report.added, again.added, again.failed) == (5, 0, 0)


def test_a_document_is_shown_by_its_id_and_by_its_path(refresh: Refresh, folder: Path, index: str) -> None:
    """Records have ids of their own."""
    (folder / "notes.jsonl").write_text('{"_id": "a", "title": "T", "text": "eins zwei", "url": "u"}\n', "utf-8")
    refresh()

    assert show(index, "a")[0].metadata["url"] == "u"
    assert show(index, str(folder / "de.txt"))[0].text.startswith("Die Förderung")
