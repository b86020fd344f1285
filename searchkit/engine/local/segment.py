"""What is in one segment, and which of its documents are alive?"""

from searchkit.engine.local import layout
from searchkit.engine.local.arrays import view
from searchkit.engine.local.documents import Documents
from searchkit.engine.local.fields import Field
from searchkit.engine.local.manifest import Manifest, SegmentEntry
from searchkit.engine.local.storage import Container
from searchkit.engine.local.terms import TermList
from searchkit.engine.plan import POSITIONAL
from searchkit.errors import IndexDamagedError
from searchkit.typed import Any

Texts = dict[str, tuple[int, int]]
"""``{part}_{language}`` -> how many live documents have text of it, and their total length."""


class Segment:
    """An immutable part of an index, with the deletions of one generation.

    Attributes:
        container: its file.
        id: the random part of its name.
        dead_bits: of each document, eight to a byte, the first one highest; None where all are alive.
        documents: their columns.
        count: of all documents.
        live_count: of those that are alive.
        fields: names of the fields that hold any term.
        languages: with lemmas.
        scratch: what executors remember of it, by their own names.
    """

    def __init__(self, container: Container, dead_bits: bytes | bytearray | None, texts: Any, segment_id: str) -> None:
        self.container = container
        self.id = segment_id
        self.dead_bits = dead_bits
        self.documents = Documents(container)
        self.count = self.documents.count
        self.live_count = self.count - (int.from_bytes(dead_bits, "big").bit_count() if dead_bits else 0)
        facts: Any = container.facts
        try:
            self.fields: list[str] = list(map(str, facts["fields"]))
            self.languages: list[str] = list(map(str, facts["lemmas"]))
            self._texts: Texts = {name: (int(count), int(total)) for name, (count, total) in texts.items()}
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise IndexDamagedError(container.path, f"its facts are none ({type(error).__name__}: {error})") from error
        self._open: dict[str, Field] = {}
        self._lemmas: dict[str, TermList] = {}
        self._known = frozenset(self.fields)
        self.scratch: dict[str, Any] = {}

    def field(self, name: str) -> Field | None:
        """Give a field; None if no document here has a term in it."""
        found = self._open.get(name)
        if found is None and name in self._known:
            found = self._open[name] = Field(self.container, name, positional=name.split("_")[1] in POSITIONAL)
        return found

    def find(self, name: str, term: bytes) -> tuple[Field, int] | None:
        """Give the field and the number in it of a term; None if no document here holds it."""
        field = self.field(name)
        place = -1 if field is None else field.terms.find(term)
        return None if field is None or place < 0 else (field, place)

    def lemmas(self, language: str) -> TermList | None:
        """Give the words that a language knows."""
        found = self._lemmas.get(language)
        if found is None and language in self.languages:
            found = self._lemmas[language] = TermList(self.container, f"lemmas_{language}")
        return found

    def is_live(self, row: int) -> bool:
        """Tell whether a document has not been deleted."""
        return self.dead_bits is None or not self.dead_bits[row >> 3] >> (7 - (row & 7)) & 1

    def dead_rows(self) -> list[int]:
        """Give the deleted documents, rising."""
        bits = self.dead_bits or b""
        return [row for at, byte in enumerate(bits) if byte for row in range(8 * at, 8 * at + 8) if not self.is_live(row)]

    def kill(self, row: int) -> None:
        """Take a live document out; what ``text_statistics`` says is not counted anew."""
        bits = bytearray(self.dead_bits or bytes((self.count + 7) // 8))
        bits[row >> 3] |= 128 >> (row & 7)
        self.dead_bits = bits
        self.live_count -= 1
        self.scratch.pop("dead", None)

    @property
    def presence_names(self) -> list[str]:
        """Name the ``{part}_{language}`` of which any document has text, dead ones too."""
        facts: Any = self.container.facts
        return sorted(facts["texts"])

    def text_statistics(self, name: str) -> tuple[int, int]:
        """Count the live documents that have text of a ``{part}_{language}``, and add up their lengths."""
        count, total = self._texts.get(name, (0, 0))
        return count, total

    def length_column(self, field: str) -> memoryview:
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
    dead_bits = None
    texts = container.facts.get("texts")
    if entry.dead_file:
        deletions = Container(folder, entry.dead_file, manifest.files[entry.dead_file].length, trust=trust)
        dead_bits = view(deletions, "dead").tobytes()
        texts = deletions.facts.get("texts")
        deletions.close()
        if len(dead_bits) != (entry.documents + 7) // 8:
            raise IndexDamagedError(deletions.path, f"{len(dead_bits)} bytes for {entry.documents} documents")
    segment = Segment(container, dead_bits, texts, entry.id)
    if segment.count != entry.documents or segment.count - segment.live_count != entry.dead:
        raise IndexDamagedError(
            container.path, f"{segment.count} documents, {segment.live_count} alive; the manifest says {entry.documents}, {entry.dead} dead"
        )
    return segment
