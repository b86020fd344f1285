"""A walk finds every file that is meant, in a fixed order, and says why it passes over the others."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from searchkit.documents.discover import IGNORE_FILE, find_files, open_regular, read_some
from searchkit.documents.model import FoundFile, Problem, Skipped
from searchkit.errors import SourceError


def make(root: Path, *names: str) -> None:
    """Make files, each holding its name."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def found(root: Path, **options: object) -> list[str]:
    """Paths of the files found, relative."""
    items = find_files(str(root), **options)  # type: ignore[arg-type]
    return [os.path.relpath(item.path, root) for item in items if isinstance(item, FoundFile)]


def passed_over(root: Path, **options: object) -> dict[str, str]:
    """What was passed over, and why."""
    items = find_files(str(root), **options)  # type: ignore[arg-type]
    return {os.path.relpath(item.path, root): item.reason for item in items if isinstance(item, Skipped)}


def test_files_come_in_order(tmp_path: Path) -> None:
    """By name within each folder, whatever the file system gives; with the facts of ``stat``."""
    make(tmp_path, "b.txt", "a/z.md", "a/b/c", "ä.txt", "B.txt", "no suffix")

    assert found(tmp_path) == ["B.txt", "a/b/c", "a/z.md", "b.txt", "no suffix", "ä.txt"]
    first = next(iter(find_files(str(tmp_path))))
    facts = os.stat(tmp_path / "B.txt")
    assert first == FoundFile(str(tmp_path / "B.txt"), 5, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)


def test_hidden_and_installed_things_are_passed_over(tmp_path: Path) -> None:
    """Hidden files, version control, virtual environments, compiled code."""
    make(
        tmp_path,
        ".hidden",
        ".git/config",
        "CVS/x",
        "venv/pyvenv.cfg",
        "venv/lib.py",
        "node_modules/a.js",
        "__pycache__/b",
        "x/.y/z",
        "kept",
    )

    assert found(tmp_path) == ["kept"]
    assert set(passed_over(tmp_path)) == {".hidden", ".git", "CVS", "venv", "node_modules", "__pycache__", "x/.y"}


@pytest.mark.parametrize("name", [".hidden", ".venv", "node_modules"])
def test_a_given_root_is_always_visited(tmp_path: Path, name: str) -> None:
    """Who names a folder wants it, whatever its name and whatever lies in it."""
    make(tmp_path, f"{name}/pyvenv.cfg", f"{name}/a.txt")

    assert found(tmp_path / name) == ["a.txt", "pyvenv.cfg"]


def test_a_root_may_be_a_file(tmp_path: Path) -> None:
    """Found whatever the patterns say."""
    make(tmp_path, ".a.txt")

    assert found(tmp_path / ".a.txt", globs=("*.md",), excludes=("*",)) == ["."]


def test_a_missing_root_is_an_error(tmp_path: Path) -> None:
    """Nothing found would mean that everything is gone."""
    with pytest.raises(SourceError):
        list(find_files(str(tmp_path / "missing")))


def test_links_and_special_files(tmp_path: Path) -> None:
    """Links to files are followed, to folders not; pipes and sockets are never opened."""
    make(tmp_path, "a/x.txt")
    (tmp_path / "file").symlink_to(tmp_path / "a" / "x.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        folder = os.open(tmp_path, os.O_RDONLY)
        try:
            server.bind(f"/proc/self/fd/{folder}/socket" if sys.platform == "linux" else str(tmp_path / "socket"))
        finally:
            os.close(folder)

    problems = {os.path.basename(item.path): item.reason for item in find_files(str(tmp_path)) if isinstance(item, Problem)}

    assert found(tmp_path) == ["a/x.txt", "file"]
    assert passed_over(tmp_path) == {
        "folder": "a link to a folder", "loop": "a link to a folder", "pipe": "no regular file", "socket": "no regular file",
    }  # fmt: skip
    assert problems == {"nowhere": "a link to nowhere", "self": "a link to nowhere"}


def test_unreadable_folder_is_a_problem_and_the_walk_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root can read everything, so the refusal is played."""
    make(tmp_path, "a/x", "b/y", "c")
    scandir = os.scandir

    def refuse(path: str) -> "AbstractContextManager[Iterator[os.DirEntry[str]]]":
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)

    items = list(find_files(str(tmp_path)))

    assert [os.path.basename(item.path) for item in items] == ["a", "y", "c"]
    assert items[0] == Problem(str(tmp_path / "a"), "folder cannot be read: permission denied")


def test_globs_choose_and_excludes_win(tmp_path: Path) -> None:
    """Gitignore patterns, against the path below the root."""
    make(tmp_path, "a.md", "b.txt", "docs/c.txt", "docs/d.md", "old/docs/e.txt", "old/f.md")

    assert found(tmp_path, globs=("*.md",)) == ["a.md", "docs/d.md", "old/f.md"]
    assert found(tmp_path, globs=("*.md", "!old/**")) == ["a.md", "docs/d.md"]
    assert found(tmp_path, globs=("/docs/",)) == ["docs/c.txt", "docs/d.md"]
    assert found(tmp_path, excludes=("old", "*.txt")) == ["a.md", "docs/d.md"]
    assert found(tmp_path, globs=("**/docs/*.txt",), excludes=("/docs",)) == ["old/docs/e.txt"]


def test_ignore_files_are_honoured_in_every_folder(tmp_path: Path) -> None:
    """The innermost that says anything has the say, as in git; a folder that is ignored is not entered."""
    make(tmp_path, "a.log", "b.txt", "sub/a.log", "sub/keep.log", "sub/deep/c.tmp", "build/x.txt", "sub/build/y.txt")
    (tmp_path / IGNORE_FILE).write_text("# comment\n*.log\n/build/\n[broken\n", "utf-8")
    (tmp_path / "sub" / IGNORE_FILE).write_text("!keep.log\r\n*.tmp\r\n", "utf-8")

    assert found(tmp_path) == ["b.txt", "sub/build/y.txt", "sub/keep.log"]
    assert passed_over(tmp_path)["build"] == f"ignored by {IGNORE_FILE}"
    assert IGNORE_FILE not in passed_over(tmp_path)


def test_large_files_and_the_index_are_left_out(tmp_path: Path) -> None:
    """Also when the index is named by another path to it."""
    make(tmp_path, "index/manifest", "small", "large")
    (tmp_path / "large").write_bytes(bytes(1000))
    (tmp_path / "other").symlink_to(tmp_path)

    assert found(tmp_path, max_size_bytes=999, leave_out=(str(tmp_path / "other" / "index"),)) == ["small"]
    assert passed_over(tmp_path, max_size_bytes=999, leave_out=(str(tmp_path / "index"),))["index"] == "the index itself"


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    """They come through as surrogates and can be opened."""
    name = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(name, "wb") as file:
        file.write(b"x")

    (item,) = find_files(str(tmp_path), globs=("*.txt",))

    assert isinstance(item, FoundFile)
    assert os.fsencode(item.path) == name


def test_a_thousand_levels(tmp_path: Path) -> None:
    """Deep nesting is no recursion; what lies too deep for the system is a problem, not an end."""
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1000):
            os.mkdir("d")
            os.chdir("d")
        Path("deep.txt").write_text("x", "utf-8")
        for _ in range(20):
            os.mkdir("e" * 200)
            os.chdir("e" * 200)
    finally:
        os.chdir(here)

    items = list(find_files(str(tmp_path)))

    # What pytest clears up with is recursive.
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)
    assert sum(isinstance(item, FoundFile) for item in items) == 1
    assert [item.reason for item in items if isinstance(item, Problem)] == ["folder cannot be read: file name too long"]


def test_a_pipe_in_place_of_a_file_stops_nobody(tmp_path: Path) -> None:
    """It may have come between the look and the reading; opening one waits for a writer, for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(OSError, match="no regular file"):
        open_regular(str(pipe))


def test_a_file_without_an_end_stops_nobody(tmp_path: Path) -> None:
    """``/proc/kmsg`` says that it is a file, and is a pipe."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb") as file, pytest.raises(OSError, match="no regular file"):
        read_some(file)
    os.close(writing)
    (tmp_path / "file").write_bytes(b"abc")
    with open_regular(str(tmp_path / "file")) as file:
        assert (read_some(file, 2), read_some(file)) == (b"ab", b"c")


def test_a_thousand_levels_take_no_time(tmp_path: Path) -> None:
    """Asking each of them for its real path took 12 s."""
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1000):
            os.mkdir("d")
            os.chdir("d")
        Path("deep.txt").write_text("deep", "utf-8")
    finally:
        os.chdir(here)
    began = time.process_time()

    files = found(tmp_path, leave_out=(str(tmp_path / "index"),))

    taken = time.process_time() - began
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # as above
    assert (len(files), taken < 2) == (1, True)


def test_an_ignore_file_that_cannot_be_read_closes_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would have kept out must not be found because of a wrong permission; the folder is a problem, the others are read."""
    make(tmp_path, "a/secret.txt", f"a/{IGNORE_FILE}", "b.txt")

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("searchkit.documents.discover.open_regular", refuse)
    items = list(find_files(str(tmp_path)))

    assert [item.path for item in items if isinstance(item, FoundFile)] == [str(tmp_path / "b.txt")]
    assert [(item.path, item.reason) for item in items if isinstance(item, Problem)] == [
        (str(tmp_path / "a"), f"folder cannot be read: {IGNORE_FILE}: permission denied")
    ]
