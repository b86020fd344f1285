"""How good are the results?  Topics through a searcher, and their answers against judgements."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from searchkit.app.results import SearchResult
from searchkit.evaluation.measures import Evaluation
from searchkit.evaluation.measures import evaluate as measures_of
from searchkit.evaluation.qrels import Qrels
from searchkit.evaluation.runs import Run, document_name
from searchkit.evaluation.significance import Comparison, compare
from searchkit.evaluation.topics import Topic
from searchkit.settings import SearchSettings
from searchkit.typed import Protocol


class Searches(Protocol):
    """What answers a query: ``app.searching.Searcher``, or a stand-in."""

    def search(self, query: str, settings: SearchSettings) -> SearchResult:
        """Answer a query."""


def evaluate(
    searcher: Searches,
    topics: Iterable[Topic],
    qrels: Qrels,
    measures: Sequence[str],
    settings: SearchSettings,
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[Evaluation, Run]:
    """Search for every judged topic and measure what comes back.

    Args:
        searcher: answers the queries.
        topics: the queries; those that nobody judged are passed over.
        qrels: what is relevant.
        measures: names, as of ir-measures.
        settings: how to search; its ``limit`` bounds the ranking that is measured.
        progress: told how many topics are done.

    Returns:
        The evaluation, and the run that it is of.
    """
    run: Run = {}
    for done, topic in enumerate(topics, start=1):
        if topic.id in qrels:
            run[topic.id] = _scores(searcher.search(topic.text, settings))
        if progress:
            progress(done)
    return evaluate_results(run, qrels, measures), run


def evaluate_results(run: Run, qrels: Qrels, measures: Sequence[str]) -> Evaluation:
    """Measure a run that was made before; names with blanks are taken as they stand in a run."""
    named = {topic: {document_name(document): grade for document, grade in grades.items()} for topic, grades in qrels.items()}
    return measures_of(named, run, measures)


def compare_evaluations(first: Evaluation, second: Evaluation) -> dict[str, Comparison]:
    """Compare two evaluations of the same topics, measure by measure; the first is the baseline."""
    return {name: compare(_column(first.topics, name), _column(second.topics, name)) for name in first.mean}


def _column(topics: Mapping[str, Mapping[str, float]], name: str) -> list[float]:
    return [row[name] for row in topics.values()]


def _scores(result: SearchResult) -> dict[str, float]:
    scores: dict[str, float] = {}
    for hit in result.hits:
        # Two files may hold one id: the better one counts.
        scores.setdefault(document_name(hit.id), hit.score)
    return scores
