"""Which files lie under a source?

A walk that never follows a link to a folder, never opens a file that is no
regular one, and says of everything it leaves out why.  It reads no content
but that of ``.searchkitignore``.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO

from searchkit.documents.model import FoundFile, Problem, Skipped
from searchkit.errors import SourceError
from searchkit.typed import NamedTuple

IGNORE_FILE = ".searchkitignore"
_VCS = frozenset((".git", ".hg", ".svn", ".bzr", "_darcs", "CVS", ".jj", ".pijul"))
_ENVIRONMENTS = frozenset(("node_modules", "__pycache__"))
_ENVIRONMENT_MARK = "pyvenv.cfg"
_MAX_IGNORE_BYTES = 1 << 20

# Whether patterns hit a path relative to their folder; None where none of them says anything.
Verdict = Callable[[str], bool | None]


class _Rules(NamedTuple):
    """The patterns of one ignore file and where they hold."""

    prefix_chars: int
    verdict: Verdict


def find_files(
    root: str,
    *,
    globs: tuple[str, ...] = (),
    excludes: tuple[str, ...] = (),
    max_size_bytes: int = 256 << 20,
    leave_out: tuple[str, ...] = (),
) -> Iterator[FoundFile | Skipped | Problem]:
    """Walk a source.

    Args:
        root: a folder, or a file, which is then found whatever the patterns say.
        globs: gitignore patterns; if there are any, only files that they match are found.
        excludes: gitignore patterns of what to pass over.
        max_size_bytes: larger files are passed over.
        leave_out: absolute paths of folders or files to pass over (the index itself).

    Yields:
        Files, what was passed over, and what could not be read; sorted by
        name within each folder, whatever the file system gives.

    Raises:
        SourceError: there is no such file or folder.
    """
    path = os.path.abspath(root)
    try:
        found = os.stat(path)
    except OSError as error:
        raise SourceError(path, _reason(error), hint="check the path, or forget it with: searchkit index --forget PATH") from error
    if not stat.S_ISDIR(found.st_mode):
        yield _file(path, found, max_size_bytes)
        return
    walk = _Walk(path, globs, excludes, max_size_bytes, leave_out)
    yield from walk.files()


_Folder = tuple[Iterator[os.DirEntry[str]], tuple[_Rules, ...]]
"""An open folder: what is left of it, and the patterns that hold there."""


class _Walk:
    """One walk over a folder.

    Args:
        root: absolute path of a folder.
        globs, excludes, max_size_bytes, leave_out: as in ``find_files``.
    """

    def __init__(
        self, root: str, globs: tuple[str, ...], excludes: tuple[str, ...], max_size_bytes: int, leave_out: tuple[str, ...]
    ) -> None:
        self._root = root
        self._prefix_chars = len(root.rstrip(os.sep)) + 1
        self._globs = _verdict(globs) if globs else None
        self._excludes = _verdict(excludes) if excludes else None
        self._is_plain = not (globs or excludes)
        self._max_size_bytes = max_size_bytes
        self._left_out = {os.path.realpath(path) for path in leave_out}
        self._left_out_names = {os.path.basename(path) for path in self._left_out}

    def files(self) -> Iterator[FoundFile | Skipped | Problem]:
        """Go through the folder: one open folder a level, its entries in order."""
        # A list of what is still to do instead of recursion: folders may lie 1,000 deep.
        todo: list[_Folder] = []
        opened = self._open(self._root, ())
        if isinstance(opened, Problem | Skipped):
            yield opened
            return
        todo.append(opened)
        while todo:
            entry = next(todo[-1][0], None)
            if entry is None:
                todo.pop()
                continue
            rules = todo[-1][1]
            if self._is_plain and not rules and (file := self._plain_file(entry)):
                yield file
                continue
            if entry.name == IGNORE_FILE:
                continue  # it is used, not passed over
            item = self._look_at(entry, rules)
            if item is not None:
                yield item
                continue
            opened = self._open(entry.path, rules)
            if isinstance(opened, Problem | Skipped):
                yield opened
            else:
                todo.append(opened)

    def _open(self, path: str, around: tuple[_Rules, ...]) -> _Folder | Skipped | Problem:
        """Read a folder's entries and its ignore file: nobody knows what not to read where that is unreadable."""
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=_name)
        except OSError as error:
            return Problem(path, f"folder cannot be read: {_reason(error)}")
        if path != self._root and any(entry.name == _ENVIRONMENT_MARK for entry in entries):
            return Skipped(path, "a virtual environment")
        try:
            return iter(entries), self._rules(path, entries, around)
        except OSError as error:
            return Problem(path, f"folder cannot be read: {IGNORE_FILE}: {_reason(error)}")

    def _plain_file(self, entry: os.DirEntry[str]) -> FoundFile | None:
        """Take what is by its name alone a file to be read; None where more has to be asked.

        Half of the time of a run that finds nothing new is spent on such files.
        """
        name = entry.name
        if name[0] == "." or name in self._left_out_names or not entry.is_file(follow_symlinks=False):
            return None
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            return None
        size = found.st_size
        if size > self._max_size_bytes:
            return None
        return FoundFile(entry.path, size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)

    def _look_at(self, entry: os.DirEntry[str], rules: tuple[_Rules, ...]) -> FoundFile | Skipped | Problem | None:
        """Judge one entry; None for a folder to go into."""
        try:
            is_dir = entry.is_dir(follow_symlinks=False)
            # A name alone decides about most of what is passed over: nothing is followed before.
            reason = self._reason_to_skip(entry, rules, is_dir=is_dir)
            if reason or is_dir:
                return Skipped(entry.path, reason) if reason else None
            found = entry.stat()
        except OSError as error:
            return Problem(entry.path, "a link to nowhere" if entry.is_symlink() else _reason(error))
        if stat.S_ISDIR(found.st_mode):
            return Skipped(entry.path, "a link to a folder")
        return _file(entry.path, found, self._max_size_bytes)

    def _reason_to_skip(self, entry: os.DirEntry[str], rules: tuple[_Rules, ...], *, is_dir: bool) -> str:
        """Say why an entry is passed over by its name, or ""."""
        name = entry.name
        if is_dir and name in _VCS:
            return "version control"
        if name.startswith("."):
            return "hidden"
        if is_dir and name in _ENVIRONMENTS:
            return "a folder of installed or compiled code"
        # The name first: the real path of a folder 1,000 levels down takes 1,000 looks at the disk, for each of them.
        if name in self._left_out_names and not entry.is_symlink() and os.path.realpath(entry.path) in self._left_out:
            return "the index itself"
        return self._patterns_against(entry.path + "/" if is_dir else entry.path, rules, is_dir=is_dir)

    def _patterns_against(self, path: str, rules: tuple[_Rules, ...], *, is_dir: bool) -> str:
        """Say which patterns pass over a path (a folder's ends in a slash), or ""."""
        if not (rules or self._excludes or self._globs):
            return ""
        relative = path[self._prefix_chars :]
        if self._excludes and self._excludes(relative):
            return "excluded"
        # The innermost ignore file that says anything has the say, as in git.
        said = next((verdict for rule in reversed(rules) if (verdict := rule.verdict(path[rule.prefix_chars :])) is not None), None)
        if said:
            return f"ignored by {IGNORE_FILE}"
        return "" if is_dir or not self._globs or self._globs(relative) else "not asked for"

    def _rules(self, path: str, entries: list[os.DirEntry[str]], around: tuple[_Rules, ...]) -> tuple[_Rules, ...]:
        """Add the patterns of a folder's ignore file to those around it.

        Raises:
            OSError: it cannot be read.
        """
        if not any(entry.name == IGNORE_FILE and entry.is_file() for entry in entries):
            return around
        with open_regular(os.path.join(path, IGNORE_FILE)) as file:
            patterns = read_some(file, _MAX_IGNORE_BYTES).decode("utf-8", "surrogateescape").lstrip("\ufeff").splitlines()
        return (*around, _Rules(len(path.rstrip(os.sep)) + 1, _verdict(tuple(patterns))))


def open_regular(path: str) -> BinaryIO:
    """Open a file for reading if it is still a regular one.

    Between the look and the reading a file may have become a pipe, and
    ``/proc/kmsg`` says that it is a file: neither may stop a run for ever.

    Raises:
        OSError: it cannot be opened, or is none.
    """
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))  # noqa: SIM115 -- the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "no regular file", path)
    return file


def read_some(file: BinaryIO, size: int = -1) -> bytes:
    """Read from such a file, up to its end or so many bytes.

    Raises:
        OSError: there is nothing now and might be later, which no file on a disk says.
    """
    data: bytes | None = file.read(size)
    if data is None:
        raise OSError(errno.EAGAIN, "no regular file")
    return data


def _verdict(patterns: tuple[str, ...]) -> Verdict:
    """Compile gitignore patterns; a line that is no pattern is passed over, as git does."""
    # 20 ms to import: only who has patterns pays for it.
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        spec = GitIgnoreSpec.from_lines(line for line in patterns if _is_pattern(line))
    return lambda path: spec.check_file(path).include


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _file(path: str, found: os.stat_result, max_size_bytes: int) -> FoundFile | Skipped:
    """Take a regular file that is not too large."""
    if not stat.S_ISREG(found.st_mode):
        return Skipped(path, "no regular file")
    if found.st_size > max_size_bytes:
        return Skipped(path, f"larger than {max_size_bytes} bytes")
    return FoundFile(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
