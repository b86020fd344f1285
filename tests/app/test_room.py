"""A disk that is too small is told before anything is read, and nothing is lost by it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.results import IndexReport, SearchResult
from searchkit.app.room import INDEX_SHARE
from searchkit.errors import StorageError

MEGABYTE = 1 << 20


def small_disk(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Let every disk have so much free space."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1 << 40, (1 << 40) - free, free))  # noqa: ARG005, SLF001


def test_a_disk_that_is_too_small_is_told_before_it_begins(
    refresh: Callable[..., IndexReport],
    ask: Callable[..., SearchResult],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In one line with both figures; the index is as it was, and with room the next run finishes."""
    refresh()
    (folder / "long.txt").write_text("word " * MEGABYTE, "utf-8")
    small_disk(monkeypatch, 5 * MEGABYTE)
    monkeypatch.setattr("searchkit.app.analysing.read_bytes", lambda *_: pytest.fail("it has begun"))

    with pytest.raises(StorageError, match=r"has 5.0 MB free, these files need about 12.0 MB") as caught:
        refresh()

    assert "\n" not in caught.value.message
    assert ask("Förderung").total == 1
    monkeypatch.undo()
    assert refresh().added == 1


def test_films_beside_the_texts_need_no_room(refresh: Callable[..., IndexReport], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no text gives no index."""
    (folder / "film.mkv").write_bytes(b"\x1a\x45\xdf\xa3\x00\x01" * MEGABYTE)
    small_disk(monkeypatch, 5 * MEGABYTE)

    report = refresh()

    assert (report.added, report.failed) == (5, 1)


def test_the_estimate_holds(refresh: Callable[..., IndexReport], folder: Path, index: str) -> None:
    """An index of prose is not larger than the room that is asked for."""
    for path in sorted(Path(__file__).parents[2].joinpath("corpus").iterdir()):
        shutil.copy(path, folder)
    refresh()

    size = sum(path.stat().st_size for path in Path(index).iterdir())

    assert size < INDEX_SHARE * sum(path.stat().st_size for path in folder.iterdir()) + MEGABYTE
