"""How often does the passage shown hold the answer?

    python tests/bench/passages.py COLLECTIONS [--topics 150] [--only NAME ...]

Ten paragraphs that follow each other in a collection become one document.  Of
the document with the paragraph that answers a question, as if it were the best
one, the first passage is compared with that paragraph: all of it must lie in
there.  Of some collections the paragraphs follow each other in their article,
so that the other nine speak of the same thing.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from searchkit.app.indexing import update
from searchkit.app.searching import Searcher
from searchkit.evaluation.qrels import read_qrels
from searchkit.evaluation.topics import read_topics
from searchkit.settings import IndexSettings, SearchSettings

COLLECTIONS = ("ko-korquad", "kk-kazqad", "ru-xquad", "de-xquadplus")
TOPICS = 150
TOGETHER = 10


class Row(NamedTuple):
    """A collection's figure: ``held`` from 0 to 1, of so many topics."""

    name: str
    topics: int
    held: float


class Long(NamedTuple):
    """A collection as long documents: paragraph -> (the file it stands in, its text without double blanks)."""

    places: dict[str, tuple[str, str]]


def join(corpus: Path, place: Path) -> Long:
    """Write a collection's paragraphs as documents of ten each."""
    with corpus.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    places: dict[str, tuple[str, str]] = {}
    for start in range(0, len(records), TOGETHER):
        group = records[start : start + TOGETHER]
        path = place / f"{start // TOGETHER:05}.txt"
        path.write_text("\n\n".join(record["text"] for record in group), "utf-8")
        for record in group:
            places[record["_id"]] = str(path), " ".join(record["text"].split())
    return Long(places)


def shown(searcher: Searcher, text: str, path: str) -> str:
    """Give the first passage of one document for a question."""
    hits = searcher.search(text, SearchSettings(limit=1, syntax="plain", paths=(path,))).hits
    return hits[0].snippets[0].text if hits and hits[0].snippets else ""


def measure(folder: Path, topics: int = TOPICS) -> Row:
    """Measure one collection on an evenly spread sample of its topics."""
    asked = read_topics(str(folder / "queries.jsonl"))
    asked = asked[:: max(1, len(asked) // topics)][:topics]
    qrels = read_qrels(str(folder / "qrels.tsv"))
    with tempfile.TemporaryDirectory() as place:
        documents = Path(place) / "documents"
        documents.mkdir()
        long = join(folder / "corpus.jsonl", documents)
        update(place + "/index", [str(documents)], IndexSettings(jobs=1))
        held = count = 0
        with Searcher(place + "/index") as searcher:
            for topic in asked:
                gold = [long.places[name] for name, grade in qrels.get(topic.id, {}).items() if grade > 0]
                if not gold:
                    continue
                count += 1
                path = gold[0][0]
                text = " ".join(shown(searcher, topic.text, path).removeprefix("…").removesuffix("…").split())
                held += bool(text) and any(text in paragraph for where, paragraph in gold if where == path)
    return Row(folder.name, count, held / count if count else 0.0)


def table(rows: list[Row]) -> str:
    """Write the rows as a table."""
    lines = ["| collection | topics | in the paragraph that answers |", "|---|---|---|"]
    lines += [f"| {row.name} | {row.topics} | {row.held:.1%} |" for row in rows]
    return "\n".join(lines)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", type=Path)
    parser.add_argument("--topics", type=int, default=TOPICS)
    parser.add_argument("--only", nargs="*", default=COLLECTIONS)
    chosen = parser.parse_args()
    folders = [chosen.collections / name for name in chosen.only]
    print(table([measure(folder, chosen.topics) for folder in folders if folder.is_dir()]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
