"""What is in one segment, and which of its documents are alive?"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.contract import POSITIONAL
from searchkit.engine.local import layout
from searchkit.engine.local.documents import Documents
from searchkit.engine.local.manifest import Manifest, SegmentEntry
from searchkit.engine.local.packing import Ints, Numbers, damaged, get, put_bytes
from searchkit.engine.local.postings import FieldPostings, Postings
from searchkit.engine.local.storage import Container, ContainerWriter, Disk, FileFact
from searchkit.engine.local.terms import TermList

Flags = NDArray[np.bool_]
CACHE_BYTES = 48 << 20  # of postings that were read last, in all segments together
NO_POSTINGS = Postings(*(np.zeros(0, np.int64) for _ in range(4)))


class Segment:
    """An immutable part of an index, with the deletions of one generation."""

    def __init__(self, container: Container, dead: Flags | None, segment_id: str) -> None:
        self.container = container
        self.id = segment_id
        self.dead = dead
        self.documents = Documents(container)
        self.count = self.documents.count
        facts = container.facts
        self.fields: list[str] = list(facts["fields"])  # type: ignore[call-overload]
        self.languages: list[str] = list(facts["lemmas"])  # type: ignore[call-overload]
        self._texts: dict[str, tuple[int, int]] = facts["texts"]  # type: ignore[assignment]
        self._open: dict[str, FieldPostings] = {}
        self._cache: dict[tuple[str, bytes], tuple[Postings, bool]] = {}
        self._cached = 0
        self.cache_bytes = CACHE_BYTES
        self.patterns: dict[tuple[str, str], tuple[NDArray[np.int32], NDArray[np.int32]]] = {}  # of ``expansion``
        self.matchings: dict[tuple[str, str], Ints] = {}  # likewise
        self._known = frozenset(self.fields)

    def field(self, name: str) -> FieldPostings | None:
        """Give a field; None if no document here has a term in it."""
        if name not in self._known:
            return None
        if name not in self._open:
            self._open[name] = FieldPostings(self.container, name, positional=name.split("_")[1] in POSITIONAL)
        return self._open[name]

    def postings(self, name: str, term: bytes, *, positions: bool = False) -> Postings:
        """Give the postings of a term, dead documents too; empty where there is none.  The last ones are remembered."""
        held = self._cache.get((name, term))
        if held is not None and (held[1] or not positions):
            return held[0]
        field = self.field(name)
        place = -1 if field is None else field.terms.find(term)
        postings = NO_POSTINGS if field is None or place < 0 else field.read(place, place + 1, positions=positions)
        self._cached += 8 * (len(postings.documents) * 2 + len(postings.positions)) + 200
        if self._cached > self.cache_bytes:
            self._cache.clear()
            self._cached = 0
        self._cache[name, term] = (postings, positions)
        return postings

    def lemmas(self, language: str) -> TermList | None:
        """Give the words that a language knows."""
        return TermList(self.container, f"lemmas_{language}") if language in self.languages else None

    def is_live(self, row: int) -> bool:
        """Tell whether a document has not been deleted."""
        return self.dead is None or not self.dead[row]

    def with_dead(self, dead: Flags) -> "Segment":
        """Set which documents are dead, and forget what was counted."""
        self.dead = dead
        self.__dict__.pop("live_count", None)
        return self

    @cached_property
    def live_count(self) -> int:
        """Count the documents that have not been deleted."""
        return self.count - (0 if self.dead is None else int(self.dead.sum()))

    @property
    def presence_names(self) -> list[str]:
        """Name the ``{part}_{language}`` of which any document has text."""
        return sorted(self._texts)

    def present(self, name: str) -> Flags:
        """Tell for each document, dead or alive, whether it has text of a ``{part}_{language}``."""
        if name not in self._texts:
            return np.zeros(self.count, bool)
        return np.unpackbits(get(self.container, f"present/{name}"), count=self.count).astype(bool)

    def text_statistics(self, name: str) -> tuple[int, int]:
        """Count the live documents that have text of a ``{part}_{language}``, and add up their lengths."""
        if self.dead is None or name not in self._texts:
            count, total = self._texts.get(name, (0, 0))
            return count, total
        chosen = self.present(name) & ~self.dead
        return int(chosen.sum()), int(self.lengths(name)[chosen].sum(dtype=np.int64))

    def lengths(self, field: str) -> Numbers:
        """Give the lengths of all documents, as a field of titles or bodies counts them."""
        return self.documents.column("title_length" if field.startswith("title") else "body_length")

    def close(self) -> None:
        """Let go of the file."""
        self.container.close()


def open_segment(folder: str, entry: SegmentEntry, manifest: Manifest, *, trust: bool = False) -> Segment:
    """Open a segment as a generation names it.

    Raises:
        FileNotFoundError, IndexDamagedError, IndexUnsafeError.
    """
    name = layout.segment_name(entry.id)
    container = Container(folder, name, manifest.files[name].length, trust=trust)
    dead = None
    if entry.dead_file:
        deletions = Container(folder, entry.dead_file, manifest.files[entry.dead_file].length, trust=trust)
        dead = np.unpackbits(get(deletions, "dead"), count=entry.documents).astype(bool)
        deletions.close()
    segment = Segment(container, dead, entry.id)
    if segment.count != entry.documents or segment.count - segment.live_count != entry.dead:
        raise damaged(
            container, f"{segment.count} documents, {segment.live_count} alive; the manifest says {entry.documents}, {entry.dead} dead"
        )
    return segment


def write_dead(disk: Disk, path: str, dead: Flags) -> FileFact:
    """Write a file of deletions."""
    writer = ContainerWriter(disk, path)
    try:
        put_bytes(writer, "dead", np.packbits(dead))
        return writer.finish({})
    except BaseException:
        writer.abandon()
        raise
