"""Which documents does a plan find, and how does it score them?

Every node gives the numbers of its documents, rising, and their scores.  Work
is in proportion to the postings touched; numbers are float64, and terms are
added in the order of the plan, so that one document gets the same bits
whatever segments the index is made of.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine import plan as nodes
from searchkit.engine.local.expansion import expand
from searchkit.engine.local.filters import Filter
from searchkit.engine.local.ordering import chosen
from searchkit.engine.local.packing import Ints, Numbers
from searchkit.engine.local.phrases import PhraseMatches, exact_places, near_places, union_of
from searchkit.engine.local.rarity import idf
from searchkit.engine.local.scoring import saturation
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.vectors import document_lengths, leaf_of, live_of, places_of
from searchkit.typed import NamedTuple

Floats = NDArray[np.float64]
DENSE_SHARE = 8  # from an eighth of all documents on, adding into a row of all of them beats sorting


class Found(NamedTuple):
    """Documents, rising, and their scores."""

    documents: Ints
    scores: Floats


class Factors(NamedTuple):
    """What a leaf's score is made of: ``weight * (rarity * saturation)``, document by document.

    Attributes:
        field: by whose mean length and similarity it is scored.
    """

    field: str
    documents: Ints
    tf: Numbers
    lengths: Ints
    rarity: float
    description: str


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.float64))
_NO_FACTORS = Factors("", np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), 0.0, "")


class Executor:
    """Runs plans over a snapshot.

    Attributes:
        limits: what was cut short, in words.
        led: as ``Hits`` says.
    """

    def __init__(self, snapshot: Snapshot, similarity: dict[str, tuple[float, float]]) -> None:
        self.snapshot = snapshot
        self.limits: list[str] = []
        self.led = True
        self._keeps = False
        self._found: dict[int, Found] = {}
        self._similarity = similarity
        self._unweighed: dict[tuple[str, str], Found] = {}
        self._filter = Filter(snapshot)
        self._run: dict[type, Callable[..., Found]] = {
            nodes.Term: self._leaf,
            nodes.Synonyms: self._leaf,
            nodes.Prefix: self._leaf,
            nodes.Wildcard: self._leaf,
            nodes.Phrase: self._leaf,
            nodes.Sum: lambda node: self._union(node.nodes, np.add, 0.0),
            nodes.Max: lambda node: self._union(node.nodes, np.maximum, -np.inf),
            nodes.All: self._all,
            nodes.Rank: self._rank,
            nodes.Scale: self._scale,
            nodes.Without: self._without,
            nodes.Where: self._where,
            nodes.Leading: self._leading,
            nodes.Everything: lambda _: self._everything(),
            nodes.Nothing: lambda _: NOTHING,
        }
        self._factors: dict[type, Callable[..., Factors]] = {
            nodes.Term: self._term,
            nodes.Synonyms: self._synonyms,
            nodes.Prefix: lambda node: self._expanded(node, f"{node.text}*"),
            nodes.Wildcard: lambda node: self._expanded(node, node.text),
            nodes.Phrase: self._phrase,
        }

    def search(self, plan: nodes.Plan) -> Found:
        """Run a whole plan, its bonus included."""
        self._keeps = nodes.has_core(plan.root)
        found = self.run(plan.root)
        if not plan.bonus or not len(found.documents):
            return found
        scores = found.scores.copy()
        window = np.sort(chosen(self.snapshot, found.documents, found.scores, plan.window))
        among = found.documents[window]
        for node in plan.bonus:
            extra = self.run(node)
            places, inside = _places(among, extra.documents)
            scores[window[places]] += extra.scores[inside]
        return Found(found.documents, scores)

    def run(self, node: nodes.Node) -> Found:
        """Run one node."""
        # A word is the same node in the core of a query and in its whole; a long query has no core, and nothing twice to keep.
        if not self._keeps:
            return self._run[type(node)](node)
        found = self._found.get(id(node))
        if found is None:
            found = self._found[id(node)] = self._run[type(node)](node)
        return found

    def _everything(self) -> Found:
        live = live_of(self.snapshot)
        return Found(live, np.zeros(len(live)))

    def factors(self, node: nodes.Term | nodes.Synonyms | nodes.Prefix | nodes.Wildcard | nodes.Phrase) -> Factors:
        """Give what the scores of a leaf are made of."""
        return self._factors[type(node)](node)

    def similarity(self, field: str) -> tuple[float, float]:
        """Give ``(k1, b)`` of a field."""
        return self._similarity.get(field, nodes.DEFAULT_SIMILARITY)

    def _leaf(self, node: nodes.Term | nodes.Synonyms | nodes.Prefix | nodes.Wildcard | nodes.Phrase) -> Found:
        # The same terms are asked for by the core of a query, by its whole and by its bonus.
        known = (node.field, node.text) if isinstance(node, nodes.Term) else None
        found = self._unweighed.get(known) if known else None
        if known and found is None and not len(leaf_of(self.snapshot, *known).documents):
            return NOTHING  # half of the terms of a question: other languages' and other spellings'
        if found is None:
            found = self._scored(self.factors(node))
            if known and self._keeps:
                self._unweighed[known] = found
        return Found(found.documents, node.weight * found.scores) if len(found.documents) else NOTHING

    def _scored(self, factors: Factors) -> Found:
        """Score by BM25, without the weight."""
        if not len(factors.documents):
            return NOTHING
        k1, b = self.similarity(factors.field)
        mean = self.snapshot.statistics(factors.field).mean_length
        return Found(factors.documents, factors.rarity * saturation(factors.tf, factors.lengths, mean_length=mean, k1=k1, b=b))

    def _term(self, node: nodes.Term) -> Factors:
        leaf = leaf_of(self.snapshot, node.field, node.text)
        return self._made(node.field, leaf.documents, leaf.frequencies, leaf.lengths, f"{node.field}:{node.text}")

    def _made(self, field: str, documents: Ints, tf: Numbers, lengths: Ints, description: str) -> Factors:
        if not len(documents):
            return _NO_FACTORS
        return Factors(field, documents, tf, lengths, idf(len(documents), self.snapshot.statistics(field).documents), description)

    def _synonyms(self, node: nodes.Synonyms) -> Factors:
        leaves = [(leaf_of(self.snapshot, node.field, text), weight) for text, weight in node.terms]
        documents = self._united([leaf.documents for leaf, _ in leaves])
        tf, lengths = np.zeros(len(documents)), np.zeros(len(documents), np.int64)
        for leaf, weight in leaves:
            places = np.searchsorted(documents, leaf.documents)
            tf[places] += leaf.frequencies * weight
            lengths[places] = leaf.lengths
        return self._made(node.field, documents, tf, lengths, f"{node.field}:({' '.join(text for text, _ in node.terms)})")

    def _expanded(self, node: nodes.Prefix | nodes.Wildcard, pattern: str) -> Factors:
        leaf, cut = expand(self.snapshot, node.field, pattern, node.limit)
        if cut:
            self.limits.append(f"{pattern}: only the first {node.limit:,} terms")
        return self._made(node.field, leaf.documents, leaf.frequencies, leaf.lengths, f"{node.field}:{pattern}")

    def _phrase(self, node: nodes.Phrase) -> Factors:
        nodes.check_fields(node)
        rows, rarity, field = [], 0.0, ""
        for _, terms in node.slots:
            counts = {term: len(leaf_of(self.snapshot, *term).documents) for term in terms}
            held = [term for term, count in counts.items() if count]
            if not held:
                return _NO_FACTORS
            commonest = max(held, key=counts.__getitem__)
            field = field or commonest[0]
            rarity += idf(counts[commonest], self.snapshot.statistics(commonest[0]).documents)
            rows.append(union_of([places_of(self.snapshot, *term) for term in held]))
        if not rows:
            return _NO_FACTORS
        matches = _matches(node, rows)
        lengths = document_lengths(self.snapshot, field, matches.documents)
        return Factors(field, matches.documents, matches.counts, lengths, rarity, _described(node))

    def _united(self, rows: Sequence[Ints]) -> Ints:
        """Give the union of rows of documents, rising."""
        rows = [row for row in rows if len(row)]
        if not rows:
            return NOTHING.documents
        if len(rows) == 1:
            return rows[0]
        if sum(map(len, rows)) * DENSE_SHARE > self.snapshot.count:
            flags = np.zeros(self.snapshot.count, bool)
            for row in rows:
                flags[row] = True
            return np.flatnonzero(flags)
        # The stable sort merges rows that are sorted already; np.unique hashes them first.
        together: Ints = np.sort(np.concatenate(rows), kind="stable")
        fresh = np.ones(len(together), bool)
        np.not_equal(together[1:], together[:-1], out=fresh[1:])
        return together[fresh]

    def _union(self, inner: Sequence[nodes.Node], combine: np.ufunc, neutral: float) -> Found:
        found = [part for part in map(self.run, inner) if len(part.documents)]
        if len(found) == 1:
            return found[0]
        documents = self._united([part.documents for part in found])
        scores = np.full(len(documents), neutral)
        for part in found:
            places = np.searchsorted(documents, part.documents)
            scores[places] = combine(scores[places], part.scores)
        return Found(documents, scores)

    def _all(self, node: nodes.All) -> Found:
        found = []
        for inner in node.nodes:
            found.append(self.run(inner))
            if not len(found[-1].documents):
                return NOTHING
        if not found:
            return NOTHING
        documents = min((part.documents for part in found), key=len)
        for part in found:
            documents = documents[_places(documents, part.documents)[0]]
        scores = np.zeros(len(documents))
        for part in found:
            scores += part.scores[_places(documents, part.documents)[1]]
        return Found(documents, scores)

    def _rank(self, node: nodes.Rank) -> Found:
        found = self.run(node.node)
        scores = found.scores.copy()
        if len(scores):
            for extra in map(self.run, node.extras):
                places, inside = _places(found.documents, extra.documents)
                scores[places] += extra.scores[inside]
        return Found(found.documents, scores)

    def _scale(self, node: nodes.Scale) -> Found:
        found = self.run(node.node)
        return Found(found.documents, node.factor * found.scores)

    def _without(self, node: nodes.Without) -> Found:
        found = self.run(node.node)
        keep = np.ones(len(found.documents), bool)
        keep[_places(found.documents, self.run(node.excluded).documents)[0]] = False
        return Found(found.documents[keep], found.scores[keep])

    def _where(self, node: nodes.Where) -> Found:
        found = self.run(node.node)
        documents = found.documents
        for condition in node.conditions:
            documents = self._filter.admitted(documents, condition)
        return Found(documents, found.scores[_places(found.documents, documents)[0]])

    def _leading(self, node: nodes.Leading) -> Found:
        found = self.run(node.node)
        inside = _places(found.documents, self.run(node.core).documents)[0]
        if not len(inside):
            self.led = False
            return found
        keep = found.scores >= node.share * found.scores[inside].max()
        keep[inside] = True
        return Found(found.documents[keep], found.scores[keep])


def _matches(node: nodes.Phrase, rows: Sequence[Ints]) -> PhraseMatches:
    """Find a phrase from the places of each of its slots."""
    offsets = [offset for offset, _ in node.slots]
    first = min(offsets)
    if not node.slop:
        return exact_places([(offset - first, row) for offset, row in zip(offsets, rows, strict=True)])
    asked = [frozenset(terms) for _, terms in node.slots]
    groups = dict(zip(asked, rows, strict=True))
    return near_places([(row, asked.count(terms)) for terms, row in groups.items()], max(offsets) - first + 1 + node.slop)


def _described(node: nodes.Phrase) -> str:
    """Write a phrase down: fields once where all terms are of one, else with each term."""
    fields = {field for _, terms in node.slots for field, _ in terms}
    if len(fields) == 1:
        words = " ".join("|".join(text for _, text in terms) for _, terms in node.slots)
        shown = f'{fields.pop()}:"{words}"'
    else:
        shown = '"' + " ".join("|".join(f"{field}:{text}" for field, text in terms) for _, terms in node.slots) + '"'
    return shown + (f"~{node.slop}" if node.slop else "")


def _places(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Give the places, in either of two rising rows, of the numbers that stand in both."""
    if not len(left) or not len(right):
        return NOTHING.documents, NOTHING.documents
    if len(left) <= len(right):
        index = np.searchsorted(right, left)
        index[index == len(right)] = 0
        hits = np.flatnonzero(right[index] == left)
        return hits, index[hits]
    inside, places = _places(right, left)
    return places, inside
