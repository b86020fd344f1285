"""Which documents does a plan find, and how does it score them?

Every node gives the numbers of its documents, rising, and their scores.  Work
is in proportion to the postings touched; numbers are float64, and terms are
added in the order of the plan, so that one document gets the same bits
whatever segments the index is made of.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from searchkit.engine import plan as nodes
from searchkit.engine.local.accumulator import NOTHING, Accumulator, Found, shared
from searchkit.engine.local.expansion import expand
from searchkit.engine.local.filters import Filter
from searchkit.engine.local.leaves import Word, read_leaves, scored_leaves
from searchkit.engine.local.ordering import chosen
from searchkit.engine.local.packing import Ints, Numbers
from searchkit.engine.local.phrases import PhraseMatches, exact_places, near_places, union_of
from searchkit.engine.local.rarity import idf
from searchkit.engine.local.scoring import saturation
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.together import places_among
from searchkit.engine.local.vectors import document_lengths, live_of
from searchkit.typed import NamedTuple


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
        self._terms: dict[Word, Found] = {}
        self._among: Ints | None = None
        self._rows: Accumulator = snapshot.scratch.setdefault("rows", Accumulator(snapshot.count))
        self._filter = Filter(snapshot)
        self._run: dict[type, Callable[..., Found]] = {
            nodes.Term: self._weighed,
            nodes.Synonyms: self._leaf,
            nodes.Prefix: self._leaf,
            nodes.Wildcard: self._leaf,
            nodes.Phrase: self._leaf,
            nodes.Sum: lambda node: self._rows.combined(map(self.run, node.nodes), np.add, 0.0),
            nodes.Max: lambda node: self._rows.combined(map(self.run, node.nodes), np.maximum, -np.inf),
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
        self._terms = scored_leaves(self.snapshot, dict.fromkeys(_terms_of(plan.root)), self._similarity)
        found = self.run(plan.root)
        if not plan.bonus or not len(found.documents):
            return found
        window = np.sort(chosen(self.snapshot, found.documents, found.scores, plan.window))
        self._among, self._found = found.documents[window], {}
        scores = found.scores.copy()
        scores[window] = self._rows.added(self._among, [self.run(node) for node in plan.bonus], scores[window])
        self._among, self._found = None, {}
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

    def _weighed(self, node: nodes.Term) -> Found:
        found = self._terms.get((node.field, node.text))
        if found is None:
            found = scored_leaves(self.snapshot, ((node.field, node.text),), self._similarity).get((node.field, node.text), NOTHING)
        return Found(found.documents, node.weight * found.scores) if len(found.documents) else NOTHING

    def _leaf(self, node: nodes.Synonyms | nodes.Prefix | nodes.Wildcard | nodes.Phrase) -> Found:
        factors = self.factors(node)
        if not len(factors.documents):
            return NOTHING
        k1, b = self.similarity(factors.field)
        mean = self.snapshot.statistics(factors.field).mean_length
        scores = factors.rarity * saturation(factors.tf, factors.lengths, mean_length=mean, k1=k1, b=b)
        return Found(factors.documents, node.weight * scores)

    def _term(self, node: nodes.Term) -> Factors:
        leaf = read_leaves(self.snapshot, ((node.field, node.text),))
        return self._made(node.field, leaf.documents, leaf.frequencies, leaf.lengths, f"{node.field}:{node.text}")

    def _made(self, field: str, documents: Ints, tf: Numbers, lengths: Ints, description: str) -> Factors:
        if not len(documents):
            return _NO_FACTORS
        return Factors(field, documents, tf, lengths, idf(len(documents), self.snapshot.statistics(field).documents), description)

    def _synonyms(self, node: nodes.Synonyms) -> Factors:
        leaves = [(read_leaves(self.snapshot, ((node.field, text),)), weight) for text, weight in node.terms]
        documents = self._rows.united([leaf.documents for leaf, _ in leaves]) if leaves else NOTHING.documents
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
        rarity, field = 0.0, ""
        slots: list[list[Word]] = []
        holders: list[list[Ints]] = []
        for _, terms in node.slots:
            found = self._documents_of(terms)
            held = [term for term in terms if term in found]
            if not held:
                return _NO_FACTORS
            commonest = max(held, key=lambda term: len(found[term]))
            field = field or commonest[0]
            rarity += idf(len(found[commonest]), self.snapshot.statistics(commonest[0]).documents)
            slots.append(held)
            holders.append([found[term] for term in held])
        if not slots:
            return _NO_FACTORS
        # Positions are read of documents that hold all of it: to read all positions was two thirds of a long query.
        among = self._rows.united(holders[0]) if self._among is None else self._among
        for rows in holders:
            among = among[self._rows.inside(among, rows)]
        if not len(among):
            return _NO_FACTORS
        matches = _matches(node, [union_of(places_among(self.snapshot, held, among)) for held in slots])
        lengths = document_lengths(self.snapshot, field, matches.documents)
        return Factors(field, matches.documents, matches.counts, lengths, rarity, _described(node))

    def _documents_of(self, terms: Sequence[Word]) -> dict[Word, Ints]:
        """Give the live documents that hold each of some terms; terms that nobody holds are left out."""
        unread = [term for term in terms if term not in self._terms]
        found = scored_leaves(self.snapshot, unread, self._similarity) if unread else {}
        for term in unread:
            if term not in found:
                found |= scored_leaves(self.snapshot, (term,), self._similarity)
        return {term: (self._terms.get(term) or found[term]).documents for term in terms if term in self._terms or term in found}

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
            if part.documents is not documents:
                documents = documents[self._rows.inside(documents, [part.documents])]
        return Found(documents, self._rows.added(documents, found))

    def _rank(self, node: nodes.Rank) -> Found:
        found = self.run(node.node)
        if not len(found.documents):
            return found
        extras = [self._extra(extra, found.documents) for extra in node.extras]
        return Found(found.documents, self._rows.added(found.documents, extras, found.scores))

    def _extra(self, node: nodes.Node, documents: Ints) -> Found:
        """Run what only ranks: a sum of many terms for these documents alone."""
        if self._keeps or not isinstance(node, nodes.Sum):
            return self.run(node)
        return Found(documents, self._rows.added(documents, list(map(self.run, node.nodes))))

    def _scale(self, node: nodes.Scale) -> Found:
        found = self.run(node.node)
        return Found(found.documents, node.factor * found.scores)

    def _without(self, node: nodes.Without) -> Found:
        found = self.run(node.node)
        keep = ~self._rows.inside(found.documents, [self.run(node.excluded).documents])
        return Found(found.documents[keep], found.scores[keep])

    def _where(self, node: nodes.Where) -> Found:
        found = self.run(node.node)
        documents = found.documents
        for condition in node.conditions:
            documents = self._filter.admitted(documents, condition)
        return Found(documents, found.scores[shared(found.documents, documents)[0]])

    def _leading(self, node: nodes.Leading) -> Found:
        found = self.run(node.node)
        inside = self._rows.inside(found.documents, [self.run(node.core).documents])
        if not inside.any():
            self.led = False
            return found
        keep = (found.scores >= node.share * found.scores[inside].max()) | inside
        return Found(found.documents[keep], found.scores[keep])


def _terms_of(root: nodes.Node) -> Iterator[Word]:
    """Give the terms of a plan that are not in phrases."""
    waiting: list[nodes.Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Term):
            yield node.field, node.text
        elif isinstance(node, nodes.Sum | nodes.Max | nodes.All):
            waiting += node.nodes
        elif isinstance(node, nodes.Rank):
            waiting.append(node.node)
            waiting += node.extras
        elif isinstance(node, nodes.Scale | nodes.Where):
            waiting.append(node.node)
        elif isinstance(node, nodes.Without):
            waiting += (node.node, node.excluded)
        elif isinstance(node, nodes.Leading):
            waiting += (node.node, node.core)


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
