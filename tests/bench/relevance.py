"""How good are the rankings, and what does each part of the score earn?

    python tests/bench/relevance.py COLLECTIONS [--write docs/relevance.md] [--only NAME ...]

COLLECTIONS is a folder of collections in the BEIR layout.  One index a
collection, then one run of all topics with everything on, and runs of a
sample of the topics with one thing switched off each.  Nothing here is
switched by collection.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from searchkit.app.indexing import update
from searchkit.app.searching import Searcher
from searchkit.engine.plan import Node
from searchkit.evaluation.measures import evaluate
from searchkit.evaluation.qrels import read_qrels
from searchkit.evaluation.topics import Topic, read_topics
from searchkit.languages.base import Analysis
from searchkit.languages.registry import LANGUAGES
from searchkit.planning import compile as compiling
from searchkit.planning import expand
from searchkit.settings import IndexSettings, SearchSettings

SAMPLE = 150  # topics of a collection for a row of the table; the first row has all of them
MEASURE = "nDCG@10"
BINARY = {"en-cranfield"}  # its grades are 1 for "best" and 4 for "least": any grade counts as relevant
MARK = "<!-- the table below is written by `make relevance` -->"


def _weights(name: str, value: float) -> None:
    """Set a channel's weight in every language."""
    for language in LANGUAGES.values():
        language.weights = language.weights._replace(**{name: value})


def _similarity(k1: float, b: float) -> None:
    """Give every language the same k1 and b."""
    for language in LANGUAGES.values():
        language.k1, language.b = k1, b


def _no_titles() -> None:
    """Count a title no more than any other line."""
    expand.BODY = expand.BODY._replace(title_weight=0.0)
    compiling.BODY = expand.BODY


def _no_phrases() -> None:
    """Give words that stand side by side no bonus."""
    compiling.PHRASE_WEIGHT = 0.0


def _no_second_readings() -> None:
    """Look for the first reading of a word alone (no compound parts, no second lemma)."""
    inner = expand.readings

    def first_only(part: expand.Part, code: str, analysis: Analysis, weight: float, *, strict: bool) -> list[Node]:
        return inner(part, code, analysis._replace(readings=analysis.readings[:1]), weight, strict=strict)

    expand.readings = first_only


def _no_stop_words() -> None:
    """Take every word of a query for content."""
    expand.is_stop_word = lambda _: False


OFF: dict[str, Callable[[], None]] = {
    "everything on": lambda: None,
    "no title fields": _no_titles,
    "no phrase bonus": _no_phrases,
    "no gram channel": lambda: _weights("gram", 0.0),
    "no fold channel": lambda: _weights("fold", 0.0),
    "no exact-form bonus": lambda: _weights("word", 0.0),
    "first readings only": _no_second_readings,
    "no stop words": _no_stop_words,
    "k1 1.2, b .75 everywhere": lambda: _similarity(1.2, 0.75),
    "k1 .9, b .4 everywhere": lambda: _similarity(0.9, 0.4),
    "match any": lambda: None,
    "no correction": lambda: None,
}


def run(index: str, topics: list[Topic], off: str) -> dict[str, dict[str, float]]:
    """Answer topics: topic -> document -> score.  In a process of its own, which it changes for good."""
    OFF[off]()
    settings = SearchSettings(
        limit=100,
        syntax="plain",
        snippets=0,
        matched=False,
        match="any" if off == "match any" else "auto",
        fuzzy="off" if off == "no correction" else "auto",
    )
    with Searcher(index) as searcher:
        return {topic.id: {hit.id: -hit.rank for hit in searcher.search(topic.text, settings).hits} for topic in topics}


def ndcg(folder: Path, answers: dict[str, dict[str, float]], only: set[str] | None = None) -> float:
    """Measure the answers against the collection's judgements."""
    qrels = read_qrels(str(folder / "qrels.tsv"))
    judged = {
        topic: {document: min(grade, 1) if folder.name in BINARY else grade for document, grade in grades.items()}
        for topic, grades in qrels.items()
        if only is None or topic in only
    }
    return evaluate(judged, answers, [MEASURE]).mean[MEASURE]


@contextlib.contextmanager
def indexed(folder: Path) -> Iterator[tuple[str, float]]:
    """Index a collection into a folder that goes away again."""
    with tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        report = update(place + "/index", [str(folder / "corpus.jsonl")], IndexSettings())
        if report.failed:
            print(f"{folder.name}: {report.failed} failed: {report.problems[:3]}", file=sys.stderr)
        yield place + "/index", time.perf_counter() - began


def collection(folder: Path, rows: list[str]) -> dict[str, float]:
    """Measure one collection under every row."""
    topics = read_topics(str(folder / "queries.jsonl"))
    step = max(1, len(topics) // SAMPLE)
    sample = topics[::step]
    with indexed(folder) as (index, seconds), ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        halves = [pool.submit(run, index, topics[half::2], "everything on") for half in (0, 1)]
        others = {row: pool.submit(run, index, sample, row) for row in rows if row != "everything on"}
        answers = {**halves[0].result(), **halves[1].result()}
        only = {topic.id for topic in sample}
        figures = {"all": ndcg(folder, answers), "everything on": ndcg(folder, answers, only)}
        figures |= {row: ndcg(folder, future.result(), only) for row, future in others.items()}
    print(f"{folder.name}: {figures['all']:.4f} on {len(topics)} topics, indexed in {seconds:.1f} s", flush=True)
    return figures


def table(figures: dict[str, dict[str, float]], rows: list[str]) -> str:
    """Write the table: the first row the figure, the others the difference that switching one thing off makes."""
    names = list(figures)
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    lines.append("| **nDCG@10, all topics** | " + " | ".join(f"**{figures[name]['all']:.3f}**" for name in names) + " |")
    for row in rows:
        if row != "everything on":
            cells = [figures[name][row] - figures[name]["everything on"] for name in names]
            lines.append(f"| {row} | " + " | ".join(f"{cell:+.3f}" for cell in cells) + " |")
    return "\n".join(lines)


def main() -> int:
    """Measure all collections of a folder and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("collections")
    parser.add_argument("--write", default="")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--rows", nargs="*", default=list(OFF))
    options = parser.parse_args()
    folders = sorted(path.parent for path in Path(options.collections).glob("*/qrels.tsv"))
    folders = [folder for folder in folders if not options.only or folder.name in options.only]
    if not folders:
        print(f"no collections in {options.collections!r}: nothing measured")
        return 0
    figures = {folder.name: collection(folder, options.rows) for folder in folders}
    text = table(figures, options.rows)
    print(text)
    if options.write:
        page = Path(options.write)
        head = page.read_text("utf-8").partition(MARK)[0] if page.exists() else ""
        page.write_text(f"{head}{MARK}\n\n{text}\n", "utf-8")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
