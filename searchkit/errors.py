"""What can a user act on?

Every error that reaches a user is a subclass of ``SearchkitError``, cut by
what the user can do about it, with the facts as attributes.  Misuse by our
own code is ``ValueError`` and is not listed here.
"""


class SearchkitError(Exception):
    """Something is wrong that a user can put right.

    Args:
        message: one line: what is wrong.
        hint: one line: what to do about it; may be empty.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole: by default only ``args`` would, and the subclass could not be made of them."""
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type["SearchkitError"], arguments: tuple[object, ...], facts: dict[str, object]) -> "SearchkitError":
    """Make an error again in another process."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(facts)
    return error


class UsageError(SearchkitError):
    """A command line that does not say what to do."""


class QueryError(SearchkitError):
    """A query expression does not parse or asks for the impossible."""

    def __init__(self, message: str, *, query: str, position: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.query = query
        self.position = position


class QueryTimeError(SearchkitError):
    """A query takes longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the query takes longer than {seconds:.1f} seconds of processor time",
            hint="ask for less at once, or give it longer with --timeout SECONDS",
        )


class IndexMissingError(SearchkitError):
    """There is no index in the folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no index in {path}", hint="make one with: searchkit index FOLDER")
        self.path = path


class IndexDamagedError(SearchkitError):
    """A file of the index is not what the index says that it is."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"the index is damaged: {path}: {detail}", hint="build it anew with: searchkit index --rebuild")
        self.path = path
        self.detail = detail


class IndexFormatError(SearchkitError):
    """The index was written by another version of searchkit."""

    def __init__(self, path: str, found: str, expected: str) -> None:
        super().__init__(
            f"the index in {path} has format {found}, this searchkit reads {expected}",
            hint="build it anew with: searchkit index --rebuild",
        )
        self.path = path


class IndexUnsafeError(SearchkitError):
    """The index is somebody else's, or points out of its folder."""

    def __init__(self, path: str, detail: str, *, hint: str = "") -> None:
        super().__init__(f"refusing the index in {path}: {detail}", hint=hint)
        self.path = path


class IndexLockedError(SearchkitError):
    """Another process is writing to the index."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(
            f"the index in {path} is being written by {holder}",
            hint="wait for it, or give it longer with --lock-timeout SECONDS",
        )
        self.path = path
        self.holder = holder


class StorageError(SearchkitError):
    """The operating system refused to read or write a file of the index."""

    def __init__(self, path: str, detail: str, *, deed: str = "write", hint: str = "the index is as it was before") -> None:
        super().__init__(f"cannot {deed} {path}: {detail}", hint=hint)
        self.path = path


class SourceError(SearchkitError):
    """A folder or file to index is missing or cannot be read."""

    def __init__(self, path: str, detail: str, *, hint: str = "") -> None:
        super().__init__(f"{path}: {detail}", hint=hint)
        self.path = path


class InputError(SearchkitError):
    """A file of topics, qrels or runs is not in the form it should have."""

    def __init__(self, path: str, line: int, found: str, expected: str) -> None:
        super().__init__(f"{path}, line {line}: {found}", hint=f"expected {expected}")
        self.path = path
        self.line = line


class NotFoundError(SearchkitError):
    """The index holds no document under this name."""
