"""How good is a ranking?  Measures under the names of ir-measures, with its results.

Pure functions of a ranking (document ids, best first) and of grades.  Ties in
a run are broken as the evaluators behind ir-measures do, which is not how
searchkit ranks: by document id.
"""

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from math import log2
from typing import TypeVar

from searchkit.evaluation.qrels import Qrels
from searchkit.evaluation.runs import Run
from searchkit.typed import NamedTuple

T = TypeVar("T")
Grades = Mapping[str, int]


class Measure(NamedTuple):
    """A measure with its parameters.

    Attributes:
        name: ``nDCG``, ``RR``, …
        cutoff: how many of the best documents count; 0 for all.
        rel: the lowest grade that is relevant.
    """

    name: str
    cutoff: int = 0
    rel: int = 1

    def __str__(self) -> str:
        """Give the name as ir-measures writes it."""
        rel = f"(rel={self.rel})" if self.rel != 1 else ""
        return f"{self.name}{rel}{f'@{self.cutoff}' if self.cutoff else ''}"


def ndcg(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Discounted cumulative gain over that of the best ranking; gain is the grade, discount ``log2(rank + 1)``.

    Source: Järvelin and Kekäläinen, TOIS 2002, with the logarithm of trec_eval.
    """
    del rel
    gains = [max(0, grades.get(document, 0)) for document in _best(ranking, cutoff)]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    most = _dcg(_best(ideal, cutoff))
    return _dcg(gains) / most if most else 0.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1) if gain)


def reciprocal_rank(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give 1 over the rank of the first relevant document, 0 without one."""
    for rank, document in enumerate(_best(ranking, cutoff), start=1):
        if grades.get(document, 0) >= rel:
            return 1 / rank
    return 0.0


def precision(ranking: Sequence[str], grades: Grades, *, cutoff: int, rel: int = 1) -> float:
    """Give the share of the first ``cutoff`` places that hold a relevant document; empty places count as wrong."""
    return _found(ranking, grades, cutoff, rel) / cutoff


def recall(ranking: Sequence[str], grades: Grades, *, cutoff: int, rel: int = 1) -> float:
    """Give the share of the relevant documents that stand in the first ``cutoff`` places."""
    relevant = _relevant(grades, rel)
    return _found(ranking, grades, cutoff, rel) / relevant if relevant else 0.0


def average_precision(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give the mean, over all relevant documents, of the precision at their ranks; 0 for one not found."""
    found, total = 0, 0.0
    for rank, document in enumerate(_best(ranking, cutoff), start=1):
        if grades.get(document, 0) >= rel:
            found += 1
            total += found / rank
    relevant = _relevant(grades, rel)
    return total / relevant if relevant else 0.0


def success(ranking: Sequence[str], grades: Grades, *, cutoff: int, rel: int = 1) -> float:
    """Give 1 if a relevant document stands in the first ``cutoff`` places, else 0."""
    return float(_found(ranking, grades, cutoff, rel) > 0)


def judged(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give the share of the first ``cutoff`` documents (fewer, if fewer were found) that anyone judged."""
    del rel
    best = _best(ranking, cutoff)
    return sum(document in grades for document in best) / len(best) if best else 0.0


def r_precision(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give the precision at as many places as there are relevant documents."""
    del cutoff
    relevant = _relevant(grades, rel)
    return _found(ranking, grades, relevant, rel) / relevant if relevant else 0.0


def set_precision(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give the share of all that was found that is relevant."""
    del cutoff
    return _found(ranking, grades, 0, rel) / len(ranking) if ranking else 0.0


def set_recall(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give the share of all that is relevant that was found."""
    del cutoff
    relevant = _relevant(grades, rel)
    return _found(ranking, grades, 0, rel) / relevant if relevant else 0.0


def set_f1(ranking: Sequence[str], grades: Grades, *, cutoff: int = 0, rel: int = 1) -> float:
    """Give the harmonic mean of set precision and set recall."""
    p, r = (measure(ranking, grades, cutoff=cutoff, rel=rel) for measure in (set_precision, set_recall))
    return 2 * p * r / (p + r) if p + r else 0.0


def _best(ranking: Sequence[T], cutoff: int) -> Sequence[T]:
    return ranking[:cutoff] if cutoff else ranking


def _found(ranking: Sequence[str], grades: Grades, cutoff: int, rel: int) -> int:
    return sum(grades.get(document, 0) >= rel for document in _best(ranking, cutoff))


def _relevant(grades: Grades, rel: int) -> int:
    return sum(grade >= rel for grade in grades.values())


class _Kind(NamedTuple):
    """What there is to know of a measure's name: its function, and whether it takes or needs a cutoff."""

    function: Callable[..., float]
    takes: bool
    needs: bool
    graded: bool = False


KINDS = {
    "nDCG": _Kind(ndcg, takes=True, needs=False, graded=True),
    "RR": _Kind(reciprocal_rank, takes=True, needs=False),
    "AP": _Kind(average_precision, takes=True, needs=False),
    "P": _Kind(precision, takes=True, needs=True),
    "R": _Kind(recall, takes=True, needs=True),
    "Success": _Kind(success, takes=True, needs=True),
    "Judged": _Kind(judged, takes=True, needs=False, graded=True),
    "Rprec": _Kind(r_precision, takes=False, needs=False),
    "SetP": _Kind(set_precision, takes=False, needs=False),
    "SetR": _Kind(set_recall, takes=False, needs=False),
    "SetF": _Kind(set_f1, takes=False, needs=False),
}
ALIASES = {"MRR": "RR", "NDCG": "nDCG", "MAP": "AP", "Precision": "P", "Recall": "R", "RPrec": "Rprec"}
"""Other names that ir-measures takes."""


def parse_measure(name: str) -> Measure:
    """Read a measure's name: ``nDCG@10``, ``RR``, ``P(rel=2)@5``.

    Raises:
        ValueError: there is no such measure, or it lacks its cutoff; the message says what would do.
    """
    match = re.fullmatch(r"([A-Za-z]+)(?:\(rel=([0-9]+)\))?(?:@([0-9]+))?", name)
    kind = KINDS.get(ALIASES.get(match[1], match[1])) if match else None
    if match is None or kind is None:
        raise ValueError(f"no measure {name!r}; there are {', '.join(KINDS)}, as in nDCG@10")
    base, cutoff = ALIASES.get(match[1], match[1]), int(match[3] or 0)
    if (match[3] and not cutoff) or (cutoff and not kind.takes) or (match[2] and kind.graded):
        raise ValueError(f"{base} does not go with {name.removeprefix(match[1])!r}")
    if kind.needs and not cutoff:
        raise ValueError(f"{base} needs a cutoff, as in {base}@10")
    return Measure(base, cutoff, int(match[2] or 1))


def ranked(scores: Mapping[str, float], measure: Measure) -> list[str]:
    """Order a topic's documents by score, as the evaluator behind ir-measures orders them for this measure.

    trec_eval compares single-precision scores and breaks ties by id from z to
    a; MS MARCO's evaluation (``RR@k``) and ir-measures' own ``Judged`` compare
    double precision and go from a to z.
    """
    if measure.name == "Judged" or (measure.name == "RR" and measure.cutoff):
        return sorted(scores, key=lambda document: (-scores[document], document))
    single = dict(zip(scores, array("f", scores.values()), strict=True))
    # trec_eval compares bytes; Python's order of code points is that of UTF-8.
    return sorted(sorted(scores, reverse=True), key=lambda document: -single[document])


class Evaluation(NamedTuple):
    """What an evaluation gave.

    Attributes:
        mean: measure -> mean over all judged topics.
        topics: topic -> measure -> value, in the order of the judgements.
    """

    mean: dict[str, float]
    topics: dict[str, dict[str, float]]


def evaluate(qrels: Qrels, run: Run, measures: Sequence[str]) -> Evaluation:
    """Measure a run.

    Args:
        qrels: what is relevant.
        run: what was found; topics without judgements are passed over, and a
            judged topic on which the run is silent counts as 0.
        measures: names.

    Raises:
        ValueError: there is no measure of that name.
    """
    parsed = [parse_measure(name) for name in measures]
    values: dict[str, dict[str, float]] = {}
    for topic, grades in qrels.items():
        scores = run.get(topic, {})
        values[topic] = {
            str(measure): KINDS[measure.name].function(ranked(scores, measure), grades, cutoff=measure.cutoff, rel=measure.rel)
            for measure in parsed
        }
    names = [str(measure) for measure in parsed]
    return Evaluation({name: sum(row[name] for row in values.values()) / len(values) if values else 0.0 for name in names}, values)
