"""Bits rot and files are cut: verify says where, and a search answers as before or not at all."""

import os
import random
from pathlib import Path

import pytest

from searchkit.app.index import Index
from searchkit.engine.local import layout
from searchkit.errors import SearchkitError
from tests.app.conftest import TEXTS

SOAK = "SEARCHKIT_SOAK" in os.environ
FLIPS, CUTS = (500, 100) if SOAK else (25, 8)
QUERIES = (
    *("Windkraft", "university", '"signed a memorandum"', "университета", "협력", "кітап", "univers*", "universty", "-trade", "path:*.txt"),
    *("tilegi", "Ausbildung OR кітап", "title:x", "trade~1", "*e*"),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an index of three segments with a dead document in one, and a generation before it."""
    place = tmp_path_factory.mktemp("damage")
    texts = place / "texts"
    texts.mkdir()
    with Index(place / "index") as index:
        for number, (name, text) in enumerate(TEXTS.items()):
            for copy in range(30):
                (texts / f"{copy}-{name}").write_text(f"# Title {number}\n\n{text}\n{copy} words of its own: {name}{copy}\n", "utf-8")
            index.update(texts, jobs=1)
        (texts / "3-en.txt").write_text("The universities trade less. They signed a memorandum.\n", "utf-8")
        index.update(texts, jobs=1)
    return place


def told(folder: Path) -> list[object]:
    """Give what an index answers, query by query; the kind of the error where it does not."""
    result: list[object] = []
    for query in QUERIES:
        try:
            with Index(folder) as index:
                found = index.search(query, limit=5)
        except SearchkitError:
            result.append(None)
        else:
            hits = [(hit.path, hit.score, hit.title, hit.snippets) for hit in found.hits]
            result.append((found.total, hits, found.interpretation.corrections))
    return result


def files(folder: Path) -> list[Path]:
    """Give the files of an index, without the lock."""
    return sorted(path for path in folder.iterdir() if layout.is_ours(path.name))


def holds(folder: Path, path: Path, damaged: bytes, whole: bytes, before: list[object]) -> int:
    """Try a damaged file: verify names it, and no answer is another one; give how many queries were refused."""
    path.write_bytes(damaged)
    try:
        now = told(folder)
        faults = {fault.file for fault in Index(folder).verify()}
    finally:
        path.write_bytes(whole)
    assert path.name in faults
    assert all(answer in (None, expected) for answer, expected in zip(now, before, strict=True))
    return now.count(None)


def test_no_flipped_bit_changes_an_answer(place: Path) -> None:
    """In any file, at any place."""
    folder = place / "index"
    before = told(folder)
    assert None not in before
    generator = random.Random(3)  # noqa: S311 -- the same every time
    refused = 0
    for _ in range(FLIPS):
        path = generator.choice(files(folder))
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[generator.randrange(len(whole))] ^= 1 << generator.randrange(8)
        refused += holds(folder, path, bytes(damaged), whole, before)

    assert refused > 0
    assert told(folder) == before


def test_no_cut_changes_an_answer(place: Path) -> None:
    """A file that ends early, is empty, or goes on with zeros, as a crash may leave it."""
    folder = place / "index"
    before = told(folder)
    generator = random.Random(4)  # noqa: S311
    for _ in range(CUTS):
        path = generator.choice(files(folder))
        whole = path.read_bytes()
        cut = generator.randrange(len(whole))
        holds(folder, path, whole[:cut] + generator.choice([b"", bytes(len(whole) - cut)]), whole, before)

    assert told(folder) == before


def test_a_rebuild_gets_out_of_any_damage(place: Path) -> None:
    """One file after the other is rubbish, the generation before among them."""
    folder = place / "index"
    before = told(folder)
    for number in range(len(files(folder))):
        found = files(folder)
        found[number % len(found)].write_bytes(b"rubbish")
        with Index(folder) as index:
            index.update(place / "texts", rebuild=True, jobs=1)

        assert None not in told(folder)
        assert [fault for fault in Index(folder).verify() if not fault.harmless] == []
    assert [answer and answer[0] for answer in told(folder)] == [answer and answer[0] for answer in before]  # type: ignore[index]
