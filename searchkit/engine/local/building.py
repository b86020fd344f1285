"""How do analysed documents become a segment?

Documents are held as rows of numbers of forms.  When they are written out,
occurrences are a sparse matrix of documents by forms, each channel is that
matrix times forms by terms, and both are sorted by counting: no Python runs
per token or posting.
"""

from array import array
from collections.abc import Sequence
from operator import sub

import numpy as np

from searchkit.engine.contract import TITLE_GAP, AnalyzedDocument, Form, Key
from searchkit.engine.forms import cells_of
from searchkit.engine.local.channels import Occurrences, write_channels
from searchkit.engine.local.formcolumns import FormColumns
from searchkit.engine.local.packing import Ints, Numbers, runs, starts_of
from searchkit.engine.local.records import record
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.streambuilding import StreamBuilder
from searchkit.engine.local.table import Table, write_table

TOKEN_BYTES = 50  # of a held word, at the peak: when all words are being sorted by their forms
DOCUMENT_BYTES = 400
CHUNK_BYTES = 80
MOST_WAITING = 1 << 18  # words that wait for their numbers


class SegmentBuilder:
    """Holds documents until they are written out as one segment."""

    def __init__(self) -> None:
        self._forms = FormColumns()
        self._tokens: list[Numbers] = []
        self._token_count = 0
        self._title_words = array("q")
        self._text_words = array("q")
        self._table = Table()
        self._columns: dict[str, array[int]] = {
            name: array("q") for name in ("line", "length", "text_start", "record_start", "record_size")
        }
        self._chunk_counts = array("q")
        self._chunks: dict[str, array[int]] = {name: array("q") for name in ("start", "size", "line", "words")}
        self._rows: dict[Key, int] = {}
        self._waiting: list[bytes] = []
        self._waiting_forms: Sequence[Form] = ()
        self._settled = 0
        # Table of a batch (one for each process that analyses) -> numbers of ours; kept with it, so that its id stays its own.
        self._known: dict[int, tuple[Sequence[Form], Numbers]] = {}

    def __len__(self) -> int:
        """Count the documents, without those that were replaced."""
        return len(self._rows)

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    @property
    def size_bytes(self) -> int:
        """Say about how much memory writing it out will have taken."""
        table = self._table
        return (
            self._token_count * TOKEN_BYTES
            + self._forms.size_bytes
            + len(table.keys) * DOCUMENT_BYTES
            + len(self._chunks["start"]) * CHUNK_BYTES
            + table.texts.size_bytes
            + table.records.size_bytes
        )

    def add(self, document: AnalyzedDocument, forms: Sequence[Form]) -> None:
        """Take a document; one of the same key is dropped.

        Raises:
            ValueError: its chunks do not fit its words.
        """
        if sum(chunk.words for chunk in document.chunks) != len(document.forms):
            raise ValueError(f"{document.key}: the chunks hold other words than the document")
        table, columns = self._table, self._columns
        if forms is not self._waiting_forms or self._token_count - self._settled > MOST_WAITING:
            self._settle()
            self._waiting_forms = forms
        self._waiting += (document.title_forms.tobytes(), document.forms.tobytes())
        self._token_count += len(document.title_forms) + len(document.forms)
        self._title_words.append(len(document.title_forms))
        self._text_words.append(len(document.forms))
        self._rows[document.key] = len(table.keys)
        table.keys.append(document.key)
        table.languages.append(document.language)
        table.dates.append(document.date or "")
        written = record(document.title, document.metadata)
        columns["line"].append(document.line)
        columns["length"].append(len(document.text))
        columns["text_start"].append(table.texts.append(document.text))
        columns["record_start"].append(table.records.append(written))
        columns["record_size"].append(len(written))
        self._chunk_counts.append(len(document.chunks))
        if document.chunks:
            starts, ends, lines, words = zip(*document.chunks, strict=True)
            self._chunks["start"].extend(starts)
            self._chunks["size"].extend(map(sub, ends, starts))
            self._chunks["line"].extend(lines)
            self._chunks["words"].extend(words)

    def remove(self, key: Key) -> bool:
        """Drop a document; False if it is not held."""
        return self._rows.pop(key, None) is not None

    def _settle(self) -> None:
        """Number the words of the documents that wait by our own table of forms: many at once."""
        rows = np.frombuffer(b"".join(self._waiting), np.uint32)
        if len(rows):
            self._tokens.append(self._interned(rows, self._waiting_forms))
        self._waiting, self._settled = [], self._token_count

    def _interned(self, rows: Numbers, forms: Sequence[Form]) -> Numbers:
        """Give the numbers of our own table for rows of a batch's; the batch's may have grown since."""
        _, known = self._known.get(id(forms), (forms, np.zeros(0, np.int32)))
        if len(known) < len(forms):
            known = np.concatenate([known, np.full(max(len(forms) - len(known), len(known) // 2), -1, np.int32)])
        self._known[id(forms)] = forms, known
        new = np.zeros(len(known), bool)
        new[rows] = True
        fresh = np.flatnonzero(new & (known < 0))
        # The same form in two tables is there twice: to compare all of them takes longer than to write some twice.
        known[fresh] = np.arange(len(self._forms), len(self._forms) + len(fresh))
        self._forms.extend(cells_of(forms, fresh.tolist()))
        return known[rows].astype(np.uint32)

    def write(self, writer: ContainerWriter) -> dict[str, object]:
        """Write the segment's arrays and give its facts."""
        self._settle()
        counts = np.stack([np.array(self._title_words, np.int64), np.array(self._text_words, np.int64)], axis=1)
        tokens = np.concatenate([np.zeros(0, np.uint32), *self._tokens])
        self._tokens = [tokens]
        keep = np.zeros(len(counts), bool)
        keep[list(self._rows.values())] = True
        if not keep.all():
            tokens = tokens[np.repeat(keep, counts.sum(axis=1))]
            counts = counts[keep]
        occurrences = self._occurrences(tokens, counts)
        facts = write_channels(writer, self._forms, occurrences)
        write_table(writer, self._finished(occurrences, keep))
        return {**facts, "documents": len(counts)}

    def _occurrences(self, tokens: Numbers, counts: Ints) -> Occurrences:
        """Lay the words of all documents out, with the positions at which they stand."""
        flat = counts.reshape(-1)
        widths = self._forms.widths().astype(np.uint32)
        in_title = np.repeat(np.arange(len(flat)) % 2 == 0, flat)
        document = np.repeat(np.arange(len(counts), dtype=np.uint32), counts.sum(axis=1))
        begin = starts_of(counts.sum(axis=1))
        gap = np.where(counts[:, 0] > 0, TITLE_GAP, 0).astype(np.uint32)
        bases, totals = [], []
        for column in (0, 1):
            total = np.zeros(len(tokens) + 1, np.uint32)
            np.cumsum(widths[:, column][tokens], out=total[1:])
            # From the beginning of the document, and behind the gap for what is no title.
            base = total[:-1] - total[begin[:-1]][document]
            base[~in_title] += gap[document[~in_title]]
            bases.append(base)
            totals.append(total)
        return Occurrences(tokens, document, in_title, bases[0], bases[1], counts, totals[0], totals[1])

    def _finished(self, occurrences: Occurrences, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Table:
        """Give the columns of the documents that are kept."""
        table = self._table
        rows = np.flatnonzero(keep).tolist()
        table.keys = [table.keys[row] for row in rows]
        table.languages = [table.languages[row] for row in rows]
        table.dates = [table.dates[row] for row in rows]
        table.numbers = {name: np.array(column, np.int64)[keep] for name, column in self._columns.items()}
        chunk_counts = np.array(self._chunk_counts, np.int64)
        chosen = np.repeat(keep, chunk_counts)
        table.chunk_counts = chunk_counts[keep]
        table.chunks = {name: np.array(column, np.int64)[chosen] for name, column in self._chunks.items()}
        _add_lengths(table, occurrences)
        _add_chunk_places(table, occurrences)
        return table


def _add_lengths(table: Table, occurrences: Occurrences) -> None:
    """Add how long each document is: its positions in ``stem``, without the gap."""
    begin = starts_of(occurrences.counts.sum(axis=1))
    total = occurrences.stem_total
    table.numbers["body_length"] = np.diff(total[begin])
    table.numbers["title_length"] = total[begin[:-1] + occurrences.counts[:, 0]] - total[begin[:-1]]


def _add_chunk_places(table: Table, occurrences: Occurrences) -> None:
    """Add at which position each chunk begins in either channel, and the widths of its words where they are not all 1."""
    counts = occurrences.counts
    words = table.chunks["words"]
    document = np.repeat(np.arange(len(counts)), table.chunk_counts)
    begin = starts_of(counts.sum(axis=1))[:-1]
    first_chunk = starts_of(table.chunk_counts)[:-1]
    before = starts_of(words)[:-1]  # words of earlier chunks, titles not counted
    before_document = np.append(before, before[-1:] + words[-1:])[first_chunk] if len(words) else np.zeros(len(counts), np.int64)
    token = begin[document] + counts[document, 0] + before - before_document[document]
    gap = np.where(counts[document, 0] > 0, TITLE_GAP, 0)
    table.chunks["word_base"] = occurrences.word_total[token] - occurrences.word_total[begin[document]] + gap
    table.chunks["stem_base"] = occurrences.stem_total[token] - occurrences.stem_total[begin[document]] + gap
    pairs = np.stack([np.diff(occurrences.word_total), np.diff(occurrences.stem_total)], axis=1)
    odd = starts_of((pairs != 1).any(axis=1))
    uneven = np.flatnonzero(odd[token + words] > odd[token])
    table.widths = StreamBuilder()
    chosen = pairs[runs(token[uneven], words[uneven])].astype("<u4")
    table.widths.append(chosen.tobytes().decode("utf-32-le", "surrogatepass"))
    table.chunks["widths"] = np.zeros(len(words), np.int64)
    table.chunks["widths"][uneven] = 2 * starts_of(words[uneven])[:-1] + 1
