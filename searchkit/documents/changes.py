"""What has changed since a source was last read?

What was found is held against what is known.  Size, times and inode decide
where they can; where they cannot (a file touched within the clock's grain of
the last run, a copy with its old times), the content does, by its digest.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter, itemgetter
from typing import NamedTuple

from searchkit.documents.discover import open_regular, read_some
from searchkit.documents.model import FoundFile, Problem

# Two writes within one tick of a file system's clock (FAT: 2 s) leave the same time.
RACY_NS = 2_000_000_000
DIGEST_BYTES = 20
_CHUNK_BYTES = 1 << 20


class KnownFile(NamedTuple):
    """A file as it was when it was last read.

    Attributes:
        path: absolute.
        size, mtime_ns, ctime_ns, inode: as in ``FoundFile``.
        digest: of its content (``digest_of``), "" if it could not be read.
        ids: of its documents.
        problems: that it had; told again by a run that does not read it.
        checked_ns: when it was read.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: str
    ids: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    checked_ns: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What to do to make the known what was found; everything sorted by path.

    Attributes:
        added: files not known before.
        changed: known files with another content.
        unchanged: known files, with the file system's facts of today.
        removed: known files that are gone.
        moved: known files found under another path, content unchanged; they
            are neither in ``added`` nor in ``removed``.
        kept: known files below folders that could not be read: nobody can
            say that they are gone.
        touched: how many of ``unchanged`` have new facts to be remembered.
    """

    added: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    unchanged: tuple[KnownFile, ...] = ()
    removed: tuple[KnownFile, ...] = ()
    moved: tuple[tuple[KnownFile, FoundFile], ...] = ()
    kept: tuple[KnownFile, ...] = ()
    touched: int = field(default=0)


facts_of = itemgetter(slice(1, 5))
"""Give what the file system says of a found or known file: size, times, inode."""


def digest_of(data: bytes) -> str:
    """Digest the content of a file."""
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def digest_of_file(path: str) -> str:
    """Digest a file without holding all of it.

    Raises:
        OSError: it cannot be read.
    """
    digest = blake2b(digest_size=DIGEST_BYTES)
    with open_regular(path) as file:
        while chunk := read_some(file, _CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies under it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def compare(
    found: Iterable[FoundFile],
    known: Mapping[str, KnownFile],
    *,
    digest: Callable[[str], str] = digest_of_file,
    now_ns: int = 0,
    unreadable: Collection[str] = (),
) -> Changes:
    """Hold what was found against what is known.

    Args:
        found: the files of the sources that were visited, each path once.
        known: the known files of the same sources, by path.
        digest: digest of the content at a path; asked only where the file
            system's facts leave a doubt.
        now_ns: time of this run, kept as ``checked_ns`` of what was digested anew.
        unreadable: folders and files that could not be looked at.
    """
    added: list[FoundFile] = []
    changed: list[FoundFile] = []
    unchanged: list[KnownFile] = []
    seen: set[str] = set()
    for file in sorted(found, key=_path):
        seen.add(file.path)
        before = known.get(file.path)
        if before is None:
            added.append(file)
        elif not _is_suspect(file, before):
            unchanged.append(before)
        elif file.size == before.size and before.digest and _digest(digest, file.path) == before.digest:
            unchanged.append(_as_found(before, file, now_ns))
        else:
            changed.append(file)
    gone = sorted((file for path, file in known.items() if path not in seen), key=_path)
    kept = [file for file in gone if any(is_below(file.path, folder) for folder in unreadable)]
    keep = {file.path for file in kept}
    removed = [file for file in gone if file.path not in keep]
    moved = _moved(added, removed, digest)
    new, old = {file.path for _, file in moved}, {file.path for file, _ in moved}
    return Changes(
        added=tuple(file for file in added if file.path not in new),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        removed=tuple(file for file in removed if file.path not in old),
        moved=moved,
        kept=tuple(kept),
        touched=sum(file is not known[file.path] for file in unchanged),
    )


def _is_suspect(file: FoundFile, before: KnownFile) -> bool:
    """Whether the facts leave open if the content is still the same."""
    if facts_of(file) != facts_of(before) or not before.digest:
        return True
    # Written so shortly before it was read that a later write may bear the same time.
    return max(file.mtime_ns, file.ctime_ns) >= before.checked_ns - RACY_NS


def _digest(digest: Callable[[str], str], path: str) -> str | None:
    """Digest a file; one that cannot be read is like no other: reading it will say why."""
    try:
        return digest(path)
    except OSError:
        return None


def _as_found(before: KnownFile, file: FoundFile, now_ns: int) -> KnownFile:
    return before._replace(
        size=file.size, mtime_ns=file.mtime_ns, ctime_ns=file.ctime_ns, inode=file.inode, checked_ns=max(now_ns, before.checked_ns)
    )


def _moved(added: list[FoundFile], removed: list[KnownFile], digest: Callable[[str], str]) -> tuple[tuple[KnownFile, FoundFile], ...]:
    """Pair new files with vanished ones of the same content; of two copies, the one with the same inode is the moved one."""
    left = {old.path: old for old in removed if old.digest and old.size}
    sizes = {old.size for old in left.values()}
    contents = {file.path: _digest(digest, file.path) for file in added if file.size in sizes}
    by_content: dict[str | None, list[KnownFile]] = {}
    for old in left.values():
        by_content.setdefault(old.digest, []).append(old)
    pairs: dict[str, tuple[KnownFile, FoundFile]] = {}
    for same_inode in (True, False):
        for file in added:
            candidates = by_content.get(contents.get(file.path), []) if file.path not in pairs else []
            best = next((old for old in candidates if old.path in left and (old.inode == file.inode or not same_inode)), None)
            if best:
                pairs[file.path] = left.pop(best.path), file
    return tuple(pairs[path] for path in sorted(pairs))


_path = attrgetter("path")
