"""How good are the rankings, and what does each part of the score earn?

    python tests/bench/relevance.py COLLECTIONS [--write FILE] [--only NAME ...]

COLLECTIONS is a folder of collections in the BEIR layout, each named after its
language (``de-...``).  Each is indexed once; all topics run with everything
on, a sample of them with one thing off each (``switches.py``).  Beside it the
passages shown (``passages.py``) and the suggestions for typing errors
(``spelling.py``).  Nothing here is switched by collection.  The tables go
below the mark in docs/relevance.md, unless only some collections are measured.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import passages
import spelling
from switches import ROWS, Row, switched

from searchkit.app.indexing import update
from searchkit.app.searching import Searcher
from searchkit.evaluation.measures import evaluate
from searchkit.evaluation.qrels import read_qrels
from searchkit.evaluation.topics import Topic, read_topics
from searchkit.settings import IndexSettings, SearchSettings

PAGE = Path(__file__).parents[2] / "docs" / "relevance.md"
MARK = "<!-- written by `make relevance`: what stands below is overwritten -->"
SAMPLE = 80  # topics of a collection for a row; the first line of the table has all of them
TYPOS = 1_000  # of each language
PROCESSES = 2
MEASURE = "nDCG@10"
BINARY = {"en-cranfield"}  # its grades are 1 for "best" and 4 for "least": any grade counts as relevant
ON = Row("everything on")

Answers = dict[str, dict[str, float]]


class Figures(NamedTuple):
    """What was measured of one collection.

    Attributes:
        topics: how many.
        ndcg: of all topics, everything on.
        sampled: of the sample, everything on.
        off: of the sample, by row.
        changed: by row, the share of the sample's topics whose best ten are others.
        idle: the rows that changed nothing, not even behind the best ten.
        failed: documents that could not be indexed.
    """

    topics: int
    ndcg: float
    sampled: float
    off: dict[str, float]
    changed: dict[str, float]
    idle: set[str]
    failed: int


def answer(index: str, topics: list[Topic], row: Row) -> Answers:
    """Run topics: topic -> document -> score."""
    settings = SearchSettings(**{"limit": 100, "syntax": "plain", "snippets": 0, "matched": False, **row.settings})
    with switched(row), Searcher(index) as searcher:
        return {topic.id: {hit.id: -hit.rank for hit in searcher.search(topic.text, settings).hits} for topic in topics}


def ndcg(folder: Path, answers: Answers) -> float:
    """Measure the answers against the collection's judgements of their topics."""
    qrels = read_qrels(str(folder / "qrels.tsv"))
    judged = {
        topic: {document: min(grade, 1) if folder.name in BINARY else grade for document, grade in grades.items()}
        for topic, grades in qrels.items()
        if topic in answers
    }
    return evaluate(judged, answers, [MEASURE]).mean[MEASURE]


def best_ten(scores: dict[str, float]) -> list[str]:
    """Give the ten best documents in order."""
    return sorted(scores, key=lambda name: -scores[name])[:10]


def collection(folder: Path, names: list[str]) -> Figures:
    """Measure one collection under every row."""
    topics = read_topics(str(folder / "queries.jsonl"))
    sample = topics[:: max(1, len(topics) // SAMPLE)][:SAMPLE]
    with tempfile.TemporaryDirectory() as place:
        index = place + "/index"
        report = update(index, [str(folder / "corpus.jsonl")], IndexSettings(jobs=1))
        everything = answer(index, topics, ON)
        base = {topic.id: everything[topic.id] for topic in sample}
        off: dict[str, float] = {}
        changed: dict[str, float] = {}
        idle: set[str] = set()
        for row in ROWS:
            if row.name in names:
                answers = answer(index, sample, row)
                off[row.name] = ndcg(folder, answers)
                others = sum(best_ten(answers[topic]) != best_ten(scores) for topic, scores in base.items())
                changed[row.name] = others / len(sample)
                if answers == base:
                    idle.add(row.name)
    return Figures(len(topics), ndcg(folder, everything), ndcg(folder, base), off, changed, idle, report.failed)


def timed(task: Callable[..., Any], *arguments: object) -> tuple[Any, float]:
    """Do a task; say how long the processor was at it."""
    began = time.process_time()
    return task(*arguments), time.process_time() - began


def measured(folders: list[Path], names: list[str], typos: int) -> dict[tuple[str, str], Any]:
    """Measure everything, two things at a time, the largest first: (kind, name) -> its figures."""
    tasks: list[tuple[str, str, float, tuple[Any, ...]]] = []
    for folder in folders:
        lines = sum(path.read_bytes().count(b"\n") for path in (folder / "corpus.jsonl", folder / "queries.jsonl"))
        tasks.append(("collection", folder.name, lines, (collection, folder, names)))
        if folder.name in passages.COLLECTIONS:
            tasks.append(("passages", folder.name, 1, (passages.measure, folder)))
    if typos:
        tasks += [("spelling", code, 0, (spelling.measure, folders[0].parent, code, typos)) for code in spelling.SCRIPTS]
    tasks.sort(key=lambda task: -task[2])
    found: dict[tuple[str, str], Any] = {}
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[Any], tuple[str, str]] = {pool.submit(timed, *call): (kind, name) for kind, name, _, call in tasks}
        for future in as_completed(waiting):
            kind, name = waiting[future]
            found[kind, name], seconds = future.result()
            print(f"{kind} {name}: {seconds:.0f} s of a core", file=sys.stderr, flush=True)
    return found


def rankings_table(figures: dict[str, Figures], names: list[str]) -> str:
    """Write the rows: the first lines the figures, the others the differences that switching one thing off makes."""
    columns = list(figures.values())
    lines = ["| | " + " | ".join((*figures, "mean", "rankings changed")) + " |", "|---|" + "---:|" * (len(figures) + 2)]
    lines.append("| topics | " + " | ".join(f"{column.topics:,}" for column in columns) + " | | |")
    mean = sum(column.ndcg for column in columns) / len(columns)
    lines.append(f"| **{MEASURE}** | " + " | ".join(f"**{column.ndcg:.3f}**" for column in columns) + f" | **{mean:.3f}** | |")
    for name in names:
        cells = [column.off[name] - column.sampled for column in columns]
        changed = sum(column.changed[name] for column in columns) / len(columns)
        shown = " | ".join(_difference(cell) for cell in (*cells, sum(cells) / len(cells)))
        lines.append(f"| {name} | {shown} | {changed:.0%} |")
    return "\n".join(lines)


def _difference(value: float) -> str:
    """Write a difference in thousandths; nothing for none."""
    return f"{value:+.3f}" if abs(value) >= 0.0005 else "·"  # half of the last digit


def spelling_table(rows: list[spelling.Row]) -> str:
    """Write how often the word that was meant is suggested."""
    lines = ["| language | words | typing errors | first | among five |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {row.language} | {row.words:,} | {row.typos:,} | {row.first:.1%} | {row.among_five:.1%} |" for row in rows]
    return "\n".join(lines)


def report(found: dict[tuple[str, str], Any], names: list[str]) -> str:
    """Write all tables."""
    figures = {name: result for (kind, name), result in sorted(found.items()) if kind == "collection"}
    parts = ["## Rankings", rankings_table(figures, names)]
    shown = [result for (kind, _), result in sorted(found.items()) if kind == "passages"]
    if shown:
        parts += ["## Passages", passages.table(shown)]
    spelt = [result for (kind, _), result in sorted(found.items()) if kind == "spelling" and result]
    if spelt:
        parts += ["## Spelling", spelling_table(spelt)]
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Measure all collections of a folder and write the tables; 1 where a row changed nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", type=Path)
    parser.add_argument("--write", type=Path, help="a page to write to, below the mark (docs/relevance.md)")
    parser.add_argument("--only", nargs="*", default=[], help="some collections")
    parser.add_argument("--rows", nargs="*", default=[row.name for row in ROWS])
    parser.add_argument("--typos", type=int, default=TYPOS, help="of each language; 0 for no spelling")
    options = parser.parse_args()
    folders = sorted(path.parent for path in options.collections.glob("*/qrels.tsv"))
    folders = [folder for folder in folders if not options.only or folder.name in options.only]
    if not folders:
        print(f"no collections in {options.collections}")
        return 0
    began = time.monotonic()
    found = measured(folders, options.rows, options.typos)
    text = report(found, options.rows)
    print(text)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    page = options.write or (None if options.only else PAGE)
    if page:
        head = page.read_text("utf-8").partition(MARK)[0] if page.exists() else ""
        page.write_text(f"{head}{MARK}\n\n{text}", "utf-8")
    figures = [result for (kind, _), result in found.items() if kind == "collection"]
    idle = [] if options.only else [name for name in options.rows if all(name in column.idle for column in figures)]
    for name in idle:
        print(f"{name}: changed nothing at all; is it switched off?", file=sys.stderr)
    return 1 if idle or any(column.failed for column in figures) else 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
