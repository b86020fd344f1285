"""Whose index may be opened?  One's own and root's; another user's where that is asked for, and only where."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.index import Index
from searchkit.errors import IndexUnsafeError
from tests.cli.conftest import Cli, program  # noqa: F401 -- a fixture is used by its name

DEEDS: dict[str, Callable[[Index], object]] = {
    "search": lambda index: index.search("Windkraft"),
    "status": Index.status,
    "verify": Index.verify,
    "update": lambda index: index.update(jobs=1),
    "rebuild": lambda index: index.update(jobs=1, rebuild=True),
    "forget": lambda index: index.forget(Path(index.path).parent / "texts"),
}
every_deed = pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an index, and become somebody else."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Windkraft im Norden")
    with Index(tmp_path / "index") as index:
        index.update(tmp_path / "texts", jobs=1)
    owner = os.stat(tmp_path).st_uid
    if owner == 0:
        for path in (tmp_path / "index", *(tmp_path / "index").iterdir()):
            os.chown(path, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    return tmp_path / "index"


@every_deed
def test_a_foreign_index_is_refused_unless_trusted(foreign: Path, deed: Callable[[Index], object]) -> None:
    """Whatever is asked of it; with trust everything is answered."""
    with pytest.raises(IndexUnsafeError, match="belongs to user"), Index(foreign) as refused:
        deed(refused)

    with Index(foreign, trust=True) as index:
        deed(index)


@every_deed
def test_trust_is_not_catching(foreign: Path, deed: Callable[[Index], object]) -> None:
    """What one caller trusts, another in the same process, or the same later, does not."""
    with Index(foreign, trust=True) as index:
        index.search("Windkraft")

        with pytest.raises(IndexUnsafeError), Index(foreign) as other:
            deed(other)


def test_trust_holds_in_other_threads_and_after_a_change_of_folder(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes with the index, not with the place that it was named from."""
    monkeypatch.chdir(foreign.parent)
    found: list[int] = []
    with Index("index", trust=True) as index:
        thread = threading.Thread(target=lambda: found.append(index.search("Windkraft").total))
        thread.start()
        thread.join()

    assert found == [1]


@pytest.mark.parametrize(
    "command",
    [
        ["search", "Windkraft"],
        ["search", "-c", "Windkraft"],
        ["status"],
        ["verify"],
        ["show", "texts/a.txt"],
        ["index", "--jobs", "1"],
        ["index", "--dry-run"],
        ["index", "--rebuild", "--jobs", "1"],
        ["index", "--forget", "texts"],
    ],
    ids=" ".join,
)
def test_every_command_takes_the_option(foreign: Path, program: Cli, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:  # noqa: F811
    """Before or after its name; without it each says whose the index is."""
    monkeypatch.chdir(foreign.parent)

    refused = program("--index", "index", *command)
    assert (refused.status, refused.out) == (2, "")
    assert "belongs to user" in refused.err
    assert "--trust" in refused.err
    assert program("--trust", "--index", "index", *command).status == 0


def test_trust_does_not_open_what_points_outside(foreign: Path) -> None:
    """It is about whose the files are, not about where they lie."""
    segment = next(foreign.glob("*.segment"))
    segment.rename(foreign.parent / "elsewhere")
    segment.symlink_to("../elsewhere")

    with pytest.raises(IndexUnsafeError, match="link"), Index(foreign, trust=True) as index:
        index.search("Windkraft")
