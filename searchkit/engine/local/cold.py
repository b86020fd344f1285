"""Which documents does a small plan find, without numpy?

Importing numpy costs as much as scoring 50,000 postings here: a one-word
search never needs it.  Every node gives a dictionary from document to score;
numbers are Python's floats, which are the same float64, and terms are added in
the order of the plan, so that hits and scores are those of ``executor`` to the
last bit.
"""

from collections.abc import Callable, Sequence
from heapq import nlargest

from searchkit.engine import plan as nodes
from searchkit.engine.local.conditions import Admission
from searchkit.engine.local.rarity import idf
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import encode

MOST_POSTINGS = 40_000  # of a plan, or of all plans of a process: about 60 ms here; above, numpy's import (130 ms) pays
POSITIONS_COST = 4  # a posting whose positions are read as well
Scores = dict[int, float]


class Unsuitable(Exception):  # noqa: N818 -- no error: the other executor takes over
    """The plan is too large, or asks for something that is not done here."""


class ColdExecutor:
    """Runs plans over a snapshot, number by number.

    Args:
        snapshot: of the index.
        similarity: as ``Plan`` says.
        budget: how many postings it may read.

    Attributes:
        budget: what is left of it.
        led: as ``Hits`` says.
    """

    def __init__(self, snapshot: Snapshot, similarity: dict[str, tuple[float, float]], *, budget: int = MOST_POSTINGS) -> None:
        self._snapshot = snapshot
        self._similarity = similarity
        self.budget = budget
        self._found: dict[int, Scores] = {}
        self.led = True
        self._leaves: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        self._admission = Admission(snapshot)
        self._run: dict[type, Callable[..., Scores]] = {
            nodes.Term: self._term,
            nodes.Phrase: self._phrase,
            nodes.Sum: self._sum,
            nodes.Max: self._max,
            nodes.All: self._all,
            nodes.Rank: self._rank,
            nodes.Scale: self._scale,
            nodes.Without: self._without,
            nodes.Where: self._where,
            nodes.Leading: self._leading,
            nodes.Nothing: lambda _: {},
        }

    def search(self, plan: nodes.Plan) -> Scores:
        """Run a whole plan, its bonus included.

        Raises:
            Unsuitable: it is the other executor's.
        """
        scores = self.run(plan.root)
        if not plan.bonus or not scores:
            return scores
        if len(scores) > plan.window:
            raise Unsuitable
        scores = dict(scores)
        for node in plan.bonus:
            for document, extra in self.run(node).items():
                if document in scores:
                    scores[document] += extra
        return scores

    def run(self, node: nodes.Node) -> Scores:
        """Run one node."""
        # A word is the same node in the core of a query and in its whole.
        found = self._found.get(id(node))
        if found is None:
            run = self._run.get(type(node))
            if run is None:
                raise Unsuitable
            found = self._found[id(node)] = run(node)
        return found

    def _spend(self, postings: int) -> None:
        self.budget -= postings
        if self.budget < 0:
            raise Unsuitable

    def _leaf(self, field: str, text: str) -> list[tuple[int, int, int]]:
        """Give the live documents that hold a term: number, frequency, length."""
        found = self._leaves.get((field, text))
        if found is None:
            found = self._leaves[field, text] = []
            data = encode(text)
            for segment, start in zip(self._snapshot.segments, self._snapshot.starts, strict=False):
                self._read(segment, start, field, data, found)
        return found

    def _read(self, segment: Segment, start: int, name: str, term: bytes, found: list[tuple[int, int, int]]) -> None:
        """Add the live documents of a segment that hold a term."""
        place = segment.find(name, term)
        if place is None:
            return
        record = place[0].record(place[1])
        self._spend(record.count)
        lengths = segment.length_column(name)
        pairs = zip(record.documents(), record.frequencies(), strict=True)
        if segment.dead_bits is None:
            found += [(start + row, tf, lengths[row]) for row, tf in pairs]
        else:
            found += [(start + row, tf, lengths[row]) for row, tf in pairs if segment.is_live(row)]

    def _scored(self, field: str, rows: Sequence[tuple[int, int, int]], rarity: float, weight: float) -> Scores:
        """Score by BM25; see ``scoring``: the same operations in the same order give the same bits."""
        k1, b = self._similarity.get(field, nodes.DEFAULT_SIMILARITY)
        mean = self._snapshot.statistics(field).mean_length
        rest = 1 - b
        return {document: weight * (rarity * (tf / (tf + k1 * (rest + b * length / mean)))) for document, tf, length in rows}

    def _term(self, node: nodes.Term) -> Scores:
        rows = self._leaf(node.field, node.text)
        if not rows:
            return {}
        return self._scored(node.field, rows, idf(len(rows), self._snapshot.statistics(node.field).documents), node.weight)

    def _sum(self, node: nodes.Sum) -> Scores:
        found = [part for part in map(self.run, node.nodes) if part]
        return found[0] if len(found) == 1 else _added(found)

    def _max(self, node: nodes.Max) -> Scores:
        found = [part for part in map(self.run, node.nodes) if part]
        if len(found) < 2:  # noqa: PLR2004 -- nothing to compare
            return found[0] if found else {}
        scores = dict(found[0])
        for part in found[1:]:
            for document, score in part.items():
                if score > scores.get(document, -1.0):
                    scores[document] = score
        return scores

    def _all(self, node: nodes.All) -> Scores:
        found: list[Scores] = []
        for inner in node.nodes:
            part = self.run(inner)
            if not part:
                return {}
            found.append(part)
        if not found:
            return {}
        smallest = min(found, key=lambda part: len(part))  # noqa: PLW0108 -- mypy cannot type a bare len here
        scores = dict.fromkeys(smallest, 0.0)
        for part in found:
            scores = {document: score + part[document] for document, score in scores.items() if document in part}
        return scores

    def _rank(self, node: nodes.Rank) -> Scores:
        scores = self.run(node.node)
        if scores:
            scores = dict(scores)
            wanted = frozenset(scores)
            for extra in (self._among(extra, wanted) for extra in node.extras):
                for document, score in extra.items():
                    if document in scores:
                        scores[document] += score
        return scores

    def _among(self, node: nodes.Node, wanted: frozenset[int]) -> Scores:
        """Run a node, for some documents alone where that is easy: the pieces of a Kazakh word stand in every tenth document."""
        if isinstance(node, nodes.Sum):
            found = [part for part in (self._among(inner, wanted) for inner in node.nodes) if part]
            return found[0] if len(found) == 1 else _added(found)
        if not isinstance(node, nodes.Term):
            return self.run(node)
        rows = self._leaf(node.field, node.text)
        if not rows:
            return {}
        rarity = idf(len(rows), self._snapshot.statistics(node.field).documents)
        return self._scored(node.field, [row for row in rows if row[0] in wanted], rarity, node.weight)

    def _scale(self, node: nodes.Scale) -> Scores:
        return {document: node.factor * score for document, score in self.run(node.node).items()}

    def _without(self, node: nodes.Without) -> Scores:
        excluded = self.run(node.excluded)
        return {document: score for document, score in self.run(node.node).items() if document not in excluded}

    def _where(self, node: nodes.Where) -> Scores:
        tests = [self._admission.test(condition) for condition in node.conditions]
        return {document: score for document, score in self.run(node.node).items() if all(test(document) for test in tests)}

    def _leading(self, node: nodes.Leading) -> Scores:
        scores = self.run(node.node)
        core = self.run(node.core)
        best = max((score for document, score in scores.items() if document in core), default=None)
        if best is None:
            self.led = False
            return scores
        least = node.share * best
        return {document: score for document, score in scores.items() if document in core or score >= least}

    def _phrase(self, node: nodes.Phrase) -> Scores:
        """Score an exact phrase; near ones are the other executor's."""
        nodes.check_fields(node)
        if node.slop or not node.slots:
            raise Unsuitable
        rarity, field = 0.0, ""
        slots: list[tuple[int, list[tuple[str, str]]]] = []
        holders: list[set[int]] = []
        for offset, terms in node.slots:
            counts = {term: len(self._leaf(*term)) for term in terms}
            held = [term for term, count in counts.items() if count]
            if not held:
                return {}
            commonest = max(held, key=counts.__getitem__)
            field = field or commonest[0]
            rarity += idf(counts[commonest], self._snapshot.statistics(commonest[0]).documents)
            slots.append((offset, held))
            holders.append({document for term in held for document, _, _ in self._leaf(*term)})
        rows = []
        # Positions are read of documents that hold all of it: of two frequent words those are few.
        among = set.intersection(*holders)
        found = [(offset, self._positions(held, among)) for offset, held in slots]
        for document in sorted(among):
            starts = set.intersection(*({place - offset for place in places[document]} for offset, places in found))
            if starts:
                segment, row = self._snapshot.locate(document)
                rows.append((document, len(starts), segment.length_column(field)[row]))
        return self._scored(field, rows, rarity, node.weight)

    def _positions(self, terms: Sequence[tuple[str, str]], among: set[int]) -> dict[int, set[int]]:
        """Give where some live documents hold any of some terms."""
        found: dict[int, set[int]] = {}
        self._spend(POSITIONS_COST * len(terms) * len(among))
        for name, text in terms:
            data = encode(text)
            for segment, start in zip(self._snapshot.segments, self._snapshot.starts, strict=False):
                place = segment.find(name, data)
                if place is None:
                    continue
                record = place[0].record(place[1])
                for index, row in enumerate(record.documents()):
                    if start + row in among:
                        found.setdefault(start + row, set()).update(record.positions(index))
        return found


def _added(parts: Sequence[Scores]) -> Scores:
    """Add scores up, in the order of the parts."""
    scores: Scores = {}
    for part in parts:
        for document, score in part.items():
            scores[document] = scores.get(document, 0.0) + score
    return scores


def best(snapshot: Snapshot, scores: Scores, count: int) -> list[int]:
    """Give the ``count`` documents with the highest scores, best first; ties by path, line, id."""
    if not count:
        return []
    least = nlargest(count, scores.values())[-1]
    chosen = [document for document, score in scores.items() if score >= least]
    values = [scores[document] for document in chosen]
    if len(set(values)) == len(values):
        return sorted(chosen, key=lambda document: -scores[document])[:count]
    return sorted(chosen, key=lambda document: (-scores[document], _order(snapshot, document)))[:count]


def _order(snapshot: Snapshot, document: int) -> tuple[int] | tuple[str, int, str]:
    """Give what ties are broken by; in one segment its ranks, so that no key is fetched."""
    segment, row = snapshot.locate(document)
    if len(snapshot.segments) == 1:
        return (segment.documents.number("rank", row),)
    path, name = segment.documents.key(row)
    return path, segment.documents.number("line", row), name
