"""What has changed is known from the facts where they can tell, and from the content where they cannot."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.documents.changes import RACY_NS, Changes, KnownFile, compare, digest_of, digest_of_file, is_below
from searchkit.documents.model import FoundFile

NOW = 10**18


def file(path: str, content: str = "x", *, mtime: int = 5, ctime: int = 5, inode: int = 1) -> FoundFile:
    """A file as a walk finds it."""
    return FoundFile(path, len(content), mtime, ctime, inode)


def known(path: str, content: str = "x", *, mtime: int = 5, ctime: int = 5, inode: int = 1, checked: int = NOW) -> KnownFile:
    """A file as it was read before."""
    return KnownFile(path, len(content), mtime, ctime, inode, digest_of(content.encode()), (path,), (), checked)


def contents(**texts: str) -> Callable[[str], str]:
    """Digests of what the files hold now."""
    return lambda path: digest_of(texts[path.strip("/")].encode())


def never(path: str) -> str:
    """For comparisons that need no content."""
    raise AssertionError(f"{path} was read")


def work(changes: Changes) -> tuple[object, ...]:
    """What there is to read and to remove."""
    return (*changes.added, *changes.changed, *changes.removed, *changes.moved)


def test_facts_decide_where_they_can() -> None:
    """New, gone and untouched files are not read."""
    changes = compare([file("/a"), file("/new", "longer")], {"/a": known("/a"), "/gone": known("/gone", "another")}, digest=never)

    assert changes.unchanged == (known("/a"),)
    assert [item.path for item in changes.added] == ["/new"]
    assert [item.path for item in changes.removed] == ["/gone"]
    assert changes.touched == 0


def test_same_size_and_time_but_another_content_is_seen() -> None:
    """``cp -p`` and ``touch -r`` keep the time; they cannot keep the time of change or the inode."""
    for found in (file("/a", "y", ctime=6), file("/a", "y", inode=2)):
        assert compare([found], {"/a": known("/a", "x")}, digest=contents(a="y")).changed == (found,)


def test_a_touched_file_is_unchanged_and_remembered_anew() -> None:
    """The content says so; next time its facts do."""
    changes = compare([file("/a", mtime=9)], {"/a": known("/a")}, digest=contents(a="x"), now_ns=NOW + 1)

    assert not work(changes)
    assert changes.touched == 1
    assert changes.unchanged == (known("/a", mtime=9, checked=NOW + 1),)


def test_a_file_written_while_it_was_read_is_read_again() -> None:
    """A second write within the clock's grain leaves the same time: git's racy files."""
    racy = NOW - RACY_NS

    changes = compare([file("/a", "y", mtime=racy)], {"/a": known("/a", "x", mtime=racy)}, digest=contents(a="y"))

    assert [item.path for item in changes.changed] == ["/a"]
    assert not work(compare([file("/a", mtime=racy - 1)], {"/a": known("/a", mtime=racy - 1)}, digest=never))


def test_what_could_not_be_read_is_tried_again() -> None:
    """Also when nothing about it has changed."""
    before = KnownFile("/a", 1, 5, 5, 1, "", (), (), NOW)

    assert [item.path for item in compare([file("/a")], {"/a": before}, digest=never).changed] == ["/a"]


def test_renamed_files_are_found_by_their_content() -> None:
    """The same inode goes first; each old path once; a copy is an addition."""
    changes = compare(
        [file("/copy", inode=8), file("/new", inode=7), file("/other", "z")],
        {"/old": known("/old", inode=7), "/older": known("/older", "zz", inode=3)},
        digest=contents(copy="x", new="x", other="z"),
    )

    assert [(old.path, new.path) for old, new in changes.moved] == [("/old", "/new")]
    assert [item.path for item in changes.removed] == ["/older"]
    assert len(changes.added) == 2


def test_nothing_below_an_unreadable_folder_is_gone() -> None:
    """Nobody can say what is there."""
    changes = compare([], {"/a/b": known("/a/b"), "/ab": known("/ab")}, digest=never, unreadable=["/a"])

    assert [item.path for item in changes.kept] == ["/a/b"]
    assert [item.path for item in changes.removed] == ["/ab"]


def test_a_file_that_vanishes_while_it_is_compared_is_changed() -> None:
    """Reading it will say what is wrong."""

    def vanished(path: str) -> str:
        raise FileNotFoundError(path)

    changes = compare([file("/a", ctime=7), file("/b")], {"/a": known("/a"), "/c": known("/c")}, digest=vanished)

    assert [item.path for item in changes.changed] == ["/a"]
    assert [item.path for item in changes.added] == ["/b"]


def test_below() -> None:
    """A folder holds what its path begins, up to a slash."""
    assert is_below("/a/b", "/a")
    assert is_below("/a", "/a")
    assert is_below("/a", "/")
    assert not is_below("/ab", "/a")


def test_digest_of_a_file_is_that_of_its_content(tmp_path: Path) -> None:
    """Also when it is larger than one read."""
    data = bytes(range(256)) * 10_000
    (tmp_path / "a").write_bytes(data)

    assert digest_of_file(str(tmp_path / "a")) == digest_of(data)


PATHS = st.sampled_from(["/a", "/b", "/c/d", "/c/e"])
STATES = st.dictionaries(PATHS, st.tuples(st.sampled_from(["x", "y", "zz"]), st.integers(1, 3), st.integers(1, 4)))


@given(before=STATES, after=STATES)
@settings(max_examples=100, deadline=None)
def test_every_file_is_accounted_for_once(before: dict[str, tuple[str, int, int]], after: dict[str, tuple[str, int, int]]) -> None:
    """And applying the changes makes the known equal to the found, which then has no changes."""
    texts = {path.strip("/"): text for path, (text, _, _) in after.items()}
    found = [file(path, text, ctime=time, inode=inode) for path, (text, time, inode) in after.items()]
    old = {path: known(path, text, ctime=time, inode=inode) for path, (text, time, inode) in before.items()}

    changes = compare(found, old, digest=contents(**texts))

    stayed = [*(item.path for item in changes.changed), *(item.path for item in changes.unchanged)]
    now = stayed + [item.path for item in changes.added] + [new.path for _, new in changes.moved]
    then = stayed + [item.path for item in changes.removed] + [gone.path for gone, _ in changes.moved]
    assert sorted(now) == sorted(after)
    assert sorted(then) == sorted(before)
    fresh = {path: known(path, text, ctime=time, inode=inode) for path, (text, time, inode) in after.items()}
    assert not work(compare(found, fresh, digest=never))
