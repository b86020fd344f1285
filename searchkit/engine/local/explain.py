"""How did a score come about?

The tree of a plan, with the numbers of one document; every value is made of
its details in the way that its description says.
"""

from collections.abc import Sequence

import numpy as np

from searchkit.engine import plan as nodes
from searchkit.engine.contract import Explanation
from searchkit.engine.local.executor import Executor
from searchkit.engine.local.ordering import chosen
from searchkit.engine.local.scoring import saturation

_LEAVES = (nodes.Term, nodes.Synonyms, nodes.Prefix, nodes.Wildcard, nodes.Phrase)


def explain(executor: Executor, plan: nodes.Plan, document: int) -> Explanation:
    """Explain the score that a plan gives a document.

    Args:
        executor: over the snapshot that the number belongs to.
        plan: whose score it is.
        document: its number in the snapshot.
    """
    root = _node(executor, plan.root, document)
    if root is None:
        return Explanation(0.0, "not found by this query")
    if not plan.bonus:
        return root
    found = executor.run(plan.root)
    window = found.documents[chosen(executor.snapshot, found.documents, found.scores, plan.window)]
    if document not in window:
        return Explanation(root.value, f"no bonus: not among the {plan.window} best", (root,))
    return _sum("sum, with the bonus of the best", [root, *(_node(executor, node, document) for node in plan.bonus)])


def _node(executor: Executor, node: nodes.Node, document: int) -> Explanation | None:
    """Explain one node; None if it does not find the document."""
    if isinstance(node, _LEAVES):
        return _leaf(executor, node, document)
    if isinstance(node, nodes.Sum | nodes.All | nodes.Max):
        parts = [_node(executor, inner, document) for inner in node.nodes]
        found = [part for part in parts if part is not None]
        if not found or (isinstance(node, nodes.All) and len(found) < len(parts)):
            return None
        if isinstance(node, nodes.Max):
            return Explanation(max(part.value for part in found), "best of", tuple(found))
        return _sum("sum of", found)
    if isinstance(node, nodes.Everything | nodes.Nothing):
        return Explanation(0.0, "every document") if isinstance(node, nodes.Everything) else None
    return _wrapped(executor, node, document)


def _wrapped(
    executor: Executor, node: nodes.Rank | nodes.Scale | nodes.Without | nodes.Where | nodes.Leading, document: int
) -> Explanation | None:
    """Explain a node that is built around another one."""
    inner = _node(executor, node.node, document)
    if inner is None:
        return None
    if isinstance(node, nodes.Rank):
        return _sum("sum, the first one alone decides what is found", [inner, *(_node(executor, extra, document) for extra in node.extras)])
    if isinstance(node, nodes.Scale):
        return Explanation(node.factor * inner.value, f"{node.factor:g} times", (inner,))
    if document not in executor.run(node).documents:
        return None
    return inner


def _sum(description: str, parts: Sequence[Explanation | None]) -> Explanation:
    found = [part for part in parts if part is not None]
    value = 0.0
    for part in found:
        value += part.value
    return found[0] if len(found) == 1 else Explanation(value, description, tuple(found))


def _leaf(
    executor: Executor, node: nodes.Term | nodes.Synonyms | nodes.Prefix | nodes.Wildcard | nodes.Phrase, document: int
) -> Explanation | None:
    """Explain BM25."""
    factors = executor.factors(node)
    place = int(np.searchsorted(factors.documents, document))
    if place == len(factors.documents) or factors.documents[place] != document:
        return None
    k1, b = executor.similarity(factors.field)
    statistics = executor.snapshot.statistics(factors.field)
    tf, length = factors.tf[place : place + 1], factors.lengths[place : place + 1]
    share = float(saturation(tf, length, mean_length=statistics.mean_length, k1=k1, b=b)[0])
    formula = "ln(1 + (N - df + 0.5) / (df + 0.5))"
    rarity = f"{formula}, df {len(factors.documents)}, N {statistics.documents}"
    if isinstance(node, nodes.Phrase):
        rarity = f"sum over the words of {formula}, each in its field"
    details = (
        Explanation(node.weight, "weight"),
        Explanation(factors.rarity, f"idf: {rarity}"),
        Explanation(
            share,
            f"tf / (tf + k1 (1 - b + b dl / avgdl)): tf {tf[0]:g}, dl {length[0]}, avgdl {statistics.mean_length:g}, k1 {k1:g}, b {b:g}",
        ),
    )
    return Explanation(node.weight * (factors.rarity * share), f"{factors.description}: product of", details)
