"""How does a writing run begin that may have nothing to write?

Most runs find that nothing has changed.  Such a run holds the lock and has
read the manifest, but opens no segment and loads nothing that writes one.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Self

from searchkit.engine.contract import AnalyzedDocument, Form, Key, Writer
from searchkit.engine.local.lock import WriteLock


class WritingRun:
    """One writing run; see ``contract.Writer``.

    Args:
        lock: held; freed by ``__exit__``.
        begin: makes the writer that does the work and takes over the lock.
        fresh: there is something to write in any case.
    """

    def __init__(self, lock: WriteLock, begin: Callable[[], Writer], *, fresh: bool) -> None:
        self._lock, self._begin, self._fresh = lock, begin, fresh
        self._begun: Writer | None = None

    def _writer(self) -> Writer:
        if self._begun is None:
            self._begun = self._begin()
        return self._begun

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Drop what was not committed and free the lock."""
        if self._begun is not None:
            self._begun.__exit__(*exc)
        else:
            self._lock.release()

    def add(self, documents: Iterable[AnalyzedDocument], forms: Sequence[Form]) -> None:
        """Take documents; a key that is live is replaced."""
        self._writer().add(documents, forms)

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out."""
        if given := list(keys):
            self._writer().remove(given)

    def blob(self, name: str, data: bytes) -> None:
        """Keep a caller's own data with the next commit."""
        self._writer().blob(name, data)

    def commit(self) -> None:
        """Make everything visible at once, durably."""
        if self._fresh or self._begun is not None:
            self._writer().commit()
