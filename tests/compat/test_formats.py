"""What becomes of an index that another version of searchkit wrote?  It opens, or says that it must be built anew."""

import json
import re
import shutil
from pathlib import Path

import pytest

from searchkit.app.index import Index
from searchkit.engine.local import layout
from searchkit.errors import IndexFormatError
from tests.cli.conftest import Cli, program  # noqa: F401 -- a fixture is used by its name
from tests.compat.write_fixture import TEXTS

KEPT = sorted(Path(__file__).parent.glob("index_v*"))
WORDS = {"Eule": "forest.txt", "boats": "harbour.md", "өзенге": "steppe.txt", "Лодка": "river.html", "kingfisher": "late.txt"}
every_format = pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)


def number(kept: Path) -> int:
    """Give the format that a folder is named for."""
    return int(kept.name.removeprefix("index_v"))


def test_every_format_is_kept() -> None:
    """From the first one to today's."""
    assert [number(kept) for kept in KEPT] == list(range(1, layout.FORMAT_VERSION + 1)), (
        "help: python tests/compat/write_fixture.py keeps an index of a new format"
    )


@every_format
def test_a_kept_index_is_of_the_format_that_it_is_named_for(kept: Path) -> None:
    """Nobody has written it anew since."""
    assert json.loads((kept / layout.MANIFEST).read_bytes())["format"] == number(kept)


@every_format
def test_an_old_index_opens_or_asks_to_be_built_anew(kept: Path, tmp_path: Path) -> None:
    """Today's answers, deletions and all; of another there is one sentence, whatever is asked of it."""
    place = tmp_path / "index"
    shutil.copytree(kept, place)

    with Index.open(place) as index:
        if number(kept) == layout.FORMAT_VERSION:
            assert {word: [Path(hit.path).name for hit in index.search(word).hits] for word in WORDS} == {
                word: [name] for word, name in WORDS.items()
            }
            assert index.search("zeppelin").total == 0
            assert index.verify() == []
            return
        for asked in (lambda: index.search("Eule"), index.status, index.update):
            with pytest.raises(IndexFormatError, match=f"has format {number(kept)}"):
                asked()


@every_format
def test_a_rebuild_gets_out_of_every_format(kept: Path, tmp_path: Path, program: Cli) -> None:  # noqa: F811 -- the fixture
    """Each command says so in a line, and it works."""
    place, texts = tmp_path / "index", tmp_path / "texts"
    shutil.copytree(kept, place)
    texts.mkdir()
    for name, text in TEXTS.items():
        (texts / name).write_text(text, "utf-8")

    if number(kept) != layout.FORMAT_VERSION:
        for command in (["search", "Eule"], ["status"], ["verify"], ["index", str(texts)], ["show", "x"]):
            told = program("--index", str(place), *command)
            assert (told.status, told.out.strip()) == (2, "") or command == ["verify"], command
            assert told.status == 2
            assert re.search(rf"format {number(kept)}\b", told.out + told.err), command
    assert program("--index", str(place), "index", "--rebuild", "--prune", str(texts)).status == 0
    assert program("--index", str(place), "search", "-c", "Eule").out == "1\n"
    assert program("--index", str(place), "verify").status == 0


def test_a_rebuild_of_another_format_remembers_its_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that are not named: else their documents would be gone without a word."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "text.txt").write_text(f"Eule {name}")
    with monkeypatch.context() as patched:
        patched.setattr(layout, "FORMAT_VERSION", layout.FORMAT_VERSION - 1)
        with Index(tmp_path / "index") as index:
            index.update([tmp_path / "first", tmp_path / "second"], jobs=1, globs=("*.txt",))

    with Index(tmp_path / "index") as index:
        report = index.update([tmp_path / "first"], rebuild=True, jobs=1)

        assert report.documents == index.search("Eule").total == 2
