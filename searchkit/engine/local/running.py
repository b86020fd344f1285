"""How does a plan run with numpy, and which page of its documents is wanted?"""

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.contract import Explanation
from searchkit.engine.local.executor import Executor
from searchkit.engine.local.explain import explain
from searchkit.engine.local.ordering import best, by_key, date_values
from searchkit.engine.local.packing import Ints
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.plan import Plan
from searchkit.typed import NamedTuple


class Page(NamedTuple):
    """Documents by number, best first, with their scores; how many there are in all; what was cut short; ``Hits.led``."""

    documents: list[int]
    scores: list[float]
    total: int
    limits: list[str]
    led: bool


def run(snapshot: Snapshot, plan: Plan, *, limit: int, offset: int, sort: str) -> Page:
    """Run a plan; see ``contract.Reader.search``."""
    executor = Executor(snapshot, plan.similarity)
    found = executor.search(plan)
    total = len(found.documents)
    count = min(total, offset + limit) if limit else total
    chosen = _ordered(snapshot, found.documents, found.scores, count, sort)[offset:count]
    return Page(found.documents[chosen].tolist(), found.scores[chosen].tolist(), total, list(dict.fromkeys(executor.limits)), executor.led)


def _ordered(snapshot: Snapshot, documents: Ints, scores: NDArray[np.float64], count: int, sort: str) -> Ints:
    if sort == "path":
        return by_key(snapshot, documents, count)
    if sort == "date":
        return best(snapshot, documents, date_values(snapshot, documents), count)
    if sort != "score":
        raise ValueError(f"cannot sort by {sort!r}")
    return best(snapshot, documents, scores, count)


def explained(snapshot: Snapshot, plan: Plan, document: int) -> Explanation:
    """Say how the score of a document came about."""
    return explain(Executor(snapshot, plan.similarity), plan, document)
