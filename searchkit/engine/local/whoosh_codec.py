"""How does Whoosh read our segments?

The classes that Whoosh's table of contents names: schema, segment, codec,
readers of terms and documents.  They are for others, who open the folder with
``whoosh.index.open_dir``; searchkit itself never unpickles a table of contents.
They read; nothing is written through them.
"""

# Whoosh is partly untyped.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn

import numpy as np
from whoosh import fields, formats
from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.codec import base
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from searchkit.engine.local.layout import INDEX_NAME
from searchkit.engine.local.manifest import Manifest, SegmentEntry
from searchkit.engine.local.postings import Postings
from searchkit.engine.local.segment import Segment, open_segment
from searchkit.engine.local.storage import FileFact
from searchkit.engine.local.terms import decode
from searchkit.engine.local.vectors import dead_of, lengths_of, postings_of
from searchkit.engine.plan import POSITIONAL
from searchkit.text.normalize import term_form
from searchkit.text.words import word_spans
from searchkit.typed import Any

STORED = ("path", "id", "title", "language", "date", "line")


class PositionArray(formats.Format):
    """Posting values that hold positions, as little-endian numbers of four bytes."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Give the positions."""
        positions: list[int] = np.frombuffer(value, "<u4").tolist()
        return positions

    def decode_frequency(self, value: bytes) -> int:
        """Count the positions."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """Count the positions."""
        return float(len(value) // 4)

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Put the positions of several terms together."""
        return np.unique(np.concatenate([np.frombuffer(value, "<u4") for value in values])).tobytes()


class FrequencyArray(formats.Format):
    """Posting values of a field without positions."""

    def decode_frequency(self, value: bytes) -> int:
        """Give the frequency."""
        return int.from_bytes(value, "little")

    def decode_weight(self, value: bytes) -> float:
        """Give the frequency."""
        return float(int.from_bytes(value, "little"))

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Add frequencies up."""
        return sum(int.from_bytes(value, "little") for value in values).to_bytes(4, "little")


class WrittenWords(Analyzer):
    """Cuts a text as ``text.words`` does, and gives the terms of the ``word`` channel."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Token]:
        """Give the tokens of a text."""
        first = int(kwargs.get("start_pos", 0))
        for index, (start, end) in enumerate(word_spans(value)):
            yield Token(text=term_form(value[start:end]), pos=first + index, startchar=start, endchar=end, original=value[start:end])


class ChannelField(fields.FieldType):
    """A field of ours: Whoosh's query parser cuts words as we do, and looks them up as they are written."""

    def __init__(self, *, positional: bool) -> None:
        super().__init__(PositionArray() if positional else FrequencyArray(), WrittenWords(), scorable=True)


class ArraySchema(fields.Schema):
    """Our schema; pickled as the names of its fields."""

    def __reduce__(self) -> tuple[Callable[[str], "ArraySchema"], tuple[str]]:
        return make_schema, (" ".join(sorted(name for name in self.names() if name not in STORED)),)


def make_schema(names: str) -> ArraySchema:
    """Make the schema with these fields (names with blanks between)."""
    schema = ArraySchema()
    for name in names.split():
        schema.add(name, ChannelField(positional=name.split("_")[1] in POSITIONAL))
    for name in STORED:
        schema.add(name, fields.STORED())
    return schema


def _refuse(*_: object, **__: object) -> NoReturn:
    """Stand for what only Whoosh's own writers and segments need."""
    raise ReadOnlyError


class ArraySegment(base.Segment):
    """A segment as Whoosh knows it; pickled as one string."""

    def __init__(self, entry: SegmentEntry, files: dict[str, FileFact]) -> None:
        self.indexname = INDEX_NAME
        self.segid = entry.id
        self.compound = False
        self.entry = entry
        self.files = files

    def __reduce__(self) -> tuple[Callable[[str], "ArraySegment"], tuple[str]]:
        lengths = ",".join(f"{name}={fact.length}" for name, fact in sorted(self.files.items()))
        entry = self.entry
        return make_segment, (f"{entry.id} {entry.documents} {entry.dead} {entry.dead_file or '-'} {lengths}",)

    def codec(self, **_: object) -> "ArrayCodec":
        """Give the codec that reads it."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Tell Whoosh that there is nothing to pack together."""
        return False

    def doc_count_all(self) -> int:
        """Count the documents."""
        return self.entry.documents

    def deleted_count(self) -> int:
        """Count the dead ones."""
        return self.entry.dead

    set_doc_count = _refuse
    deleted_docs = _refuse
    delete_document = _refuse
    is_deleted = _refuse

    def open(self, storage: Any) -> Segment:
        """Open the arrays."""
        return open_segment(storage.folder, self.entry, Manifest(files=self.files))


def make_segment(state: str) -> ArraySegment:
    """Make a segment from what was pickled."""
    segment_id, documents, dead, dead_file, lengths = state.split()
    files = {name: FileFact(int(length), "") for name, length in (pair.split("=") for pair in lengths.split(","))}
    return ArraySegment(SegmentEntry(segment_id, int(documents), int(dead), dead_file.removeprefix("-")), files)


class ArrayCodec(base.Codec):
    """Reads segments of arrays."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> "ArrayTerms":
        """Open the terms of a segment."""
        return ArrayTerms(segment.open(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> "ArrayDocuments":
        """Open the documents of a segment."""
        return ArrayDocuments(segment.open(storage))

    per_document_writer = _refuse
    field_writer = _refuse
    postings_writer = _refuse
    postings_reader = _refuse
    new_segment = _refuse


class ArrayMatcher(ListMatcher):
    """Walks over the postings of a term; positions are cut out when they are asked for."""

    def __init__(self, postings: Postings, format_: formats.Format, scorer: object, term: object, info: TermInfo, at: int = 0) -> None:
        frequencies = postings.frequencies.astype(float).tolist()
        super().__init__(postings.documents.tolist(), frequencies, None, format_, scorer, at, None, term, info)
        self._postings = postings
        self._ends = np.cumsum(postings.frequencies)

    def copy(self) -> "ArrayMatcher":
        """Give a second walker at the same place."""
        return ArrayMatcher(self._postings, self._format, self._scorer, self._term, self._terminfo, self._i)

    def value(self) -> bytes:
        """Give the value of the posting at hand."""
        frequency = int(self._postings.frequencies[self._i])
        if not self.supports("positions"):
            return frequency.to_bytes(4, "little")
        end = int(self._ends[self._i])
        return self._postings.positions[end - frequency : end].astype("<u4").tobytes()

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Give all documents with their values."""
        while self.is_active():
            yield self.id(), self.value()
            self.next()


class ArrayCursor(base.FieldCursor):
    """Walks over the terms of a field."""

    def __init__(self, terms: "ArrayTerms", name: str) -> None:
        field = terms.segment.field(name)
        self._list = field.terms if field is not None else None
        self._info = lambda term: terms.term_info(name, term)
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before this one."""
        data = term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")
        self._at = self._list.place(data) if self._list is not None else 0
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def is_valid(self) -> bool:
        """Tell whether there is a term here."""
        return self._list is not None and self._at < len(self._list)

    def text(self) -> str | None:
        """Give the term."""
        return decode(self._list[self._at]) if self._list is not None and self.is_valid() else None

    def term_info(self) -> TermInfo:
        """Give the figures of the term."""
        assert self._list is not None  # noqa: S101 -- Whoosh asks for a term that it has found
        return self._info(self._list[self._at])


class ArrayTerms(base.TermsReader):
    """The terms of a segment."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self._postings(*term).documents) > 0

    def _postings(self, name: str, term: bytes) -> Postings:
        return postings_of(self.segment, name, term)

    def indexed_field_names(self) -> list[str]:
        """Name the fields."""
        return list(self.segment.fields)

    def cursor(self, fieldname: str, fieldobj: object) -> ArrayCursor:
        """Give a walker over the terms of a field."""
        del fieldobj
        return ArrayCursor(self, fieldname)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Give all terms of all fields."""
        for name in self.segment.fields:
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Give the terms of a field from a place on."""
        field = self.segment.field(fieldname)
        if field is not None:
            for term in field.terms.slice(field.terms.place(prefix), len(field.terms)):
                yield fieldname, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give all terms with their figures."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give the terms of a field from a place on, with their figures."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Give the figures of a term."""
        postings = self._postings(fieldname, text)
        if not len(postings.documents):
            raise TermNotFound(f"{fieldname}:{text!r}")
        lengths = lengths_of(self.segment, fieldname)[postings.documents]
        return TermInfo(
            weight=float(postings.frequencies.sum()),
            df=len(postings.documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(postings.frequencies.max()),
            minid=int(postings.documents[0]),
            maxid=int(postings.documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Count the occurrences of a term."""
        return float(self._postings(fieldname, text).frequencies.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Count the documents that hold a term."""
        return len(self._postings(fieldname, text).documents)

    def matcher(self, fieldname: str, text: bytes, format_: formats.Format, scorer: object = None) -> ArrayMatcher:
        """Give a walker over the postings of a term."""
        info = self.term_info(fieldname, text)
        return ArrayMatcher(self._postings(fieldname, text), format_, scorer, (fieldname, text), info)

    def close(self) -> None:
        """Let go of the file."""
        self.segment.close()


class ArrayDocuments(base.PerDocumentReader):
    """The documents of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def close(self) -> None:
        """Let go of the file."""
        self._segment.close()

    def doc_count(self) -> int:
        """Count the live documents."""
        return self._segment.live_count

    def doc_count_all(self) -> int:
        """Count all documents."""
        return self._segment.count

    def has_deletions(self) -> bool:
        """Tell whether any document is dead."""
        return self._segment.live_count < self._segment.count

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is dead."""
        return not self._segment.is_live(docnum)

    def deleted_docs(self) -> list[int]:
        """Give the dead documents."""
        dead = dead_of(self._segment)
        return [] if dead is None else np.flatnonzero(dead).tolist()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Give the length of a document, as a field counts it."""
        return int(self._lengths(fieldname)[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        """Add up the lengths of all documents."""
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Give the length of the shortest document."""
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """Give the length of the longest document."""
        return int(self._lengths(fieldname).max(initial=0))

    def _lengths(self, fieldname: str) -> np.ndarray[tuple[int], Any]:
        return lengths_of(self._segment, fieldname)

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """Give what is kept of a document."""
        stored = self._segment.documents.stored(docnum)
        values = (*stored.key, stored.title, stored.language, stored.date, stored.line)
        return {name: value for name, value in zip(STORED, values, strict=True) if value is not None}
