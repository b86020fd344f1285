"""How fast is it, beside others on the same machine in the same run?

    python tests/bench/speed.py [--documents N]

Prints ratios, for bare milliseconds do not travel: starting against an empty
interpreter, indexing and answering against SQLite FTS5 and stock Whoosh.
Both of those cut words and fold letters, and know no inflection: what
searchkit does beyond that is in its figures.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from searchkit.app.indexing import update
from searchkit.app.searching import Searcher
from searchkit.documents.model import Document
from searchkit.documents.read import read_file
from searchkit.settings import IndexSettings, SearchSettings

TOP = Path(__file__).resolve().parents[2]
SENTENCES = 25  # of a made document
QUERIES = 60
SEED = 1


def made_documents(count: int) -> list[str]:
    """Make documents of sentences of ``corpus/``, one language each."""
    draw = random.Random(SEED)
    pools: dict[str, list[str]] = {}
    for path in sorted((TOP / "corpus").glob("*.[tm]*")):
        for document in read_file(str(path), path.read_bytes()):
            if isinstance(document, Document):
                pools.setdefault(path.name[:2], []).extend(document.text.replace("\n", " ").split(". "))
    if not pools:
        sys.exit("no documents in corpus/ to make a bench of")
    return [". ".join(draw.choices(pools[code], k=SENTENCES)) for code in draw.choices(sorted(pools), k=count)]


def made_queries(documents: list[str]) -> list[str]:
    """Take one or two words that stand side by side in a document."""
    draw = random.Random(SEED)
    queries = []
    for text in draw.choices(documents, k=QUERIES):
        words = text.split()
        at = draw.randrange(len(words) - 1)
        queries.append(" ".join("".join(char for char in word if char.isalnum()) for word in words[at : at + draw.randint(1, 2)]))
    return [query for query in queries if query.strip()]


def seconds(deed: Callable[[], object], rounds: int = 1) -> float:
    """Give the best time of some rounds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        deed()
        times.append(time.perf_counter() - began)
    return min(times)


def searchkit_times(folder: Path, documents: list[str], queries: list[str]) -> tuple[float, float]:
    """Index in one process, then answer from one open searcher."""
    for number, text in enumerate(documents):
        (folder / "files" / f"{number % 100}").mkdir(parents=True, exist_ok=True)
        (folder / "files" / f"{number % 100}" / f"{number}.txt").write_text(text, "utf-8")
    index = str(folder / "index")
    indexing = seconds(lambda: update(index, [str(folder / "files")], IndexSettings(jobs=1)))
    settings = SearchSettings(syntax="plain", snippets=0, matched=False)
    with Searcher(index) as searcher:
        answering = seconds(lambda: [searcher.search(query, settings) for query in queries], rounds=2)
    return indexing, answering / len(queries)


def sqlite_times(folder: Path, documents: list[str], queries: list[str]) -> tuple[float, float]:
    """The same with FTS5, ten best by bm25."""
    base = sqlite3.connect(folder / "fts.db")

    def index() -> None:
        base.execute("create virtual table pages using fts5(body)")
        base.executemany("insert into pages(body) values (?)", ((text,) for text in documents))
        base.commit()

    def answer() -> None:
        for query in queries:
            base.execute(
                "select rowid from pages where pages match ? order by rank limit 10", (" ".join(f'"{word}"' for word in query.split()),)
            ).fetchall()

    times = seconds(index), seconds(answer, rounds=2) / len(queries)
    base.close()
    return times


def whoosh_times(folder: Path, documents: list[str], queries: list[str]) -> tuple[float, float]:
    """The same with Whoosh as it comes."""
    from whoosh.fields import TEXT, Schema
    from whoosh.index import create_in
    from whoosh.qparser import QueryParser

    (folder / "whoosh").mkdir()
    found = create_in(str(folder / "whoosh"), Schema(body=TEXT))

    def index() -> None:
        writer = found.writer()
        for text in documents:
            writer.add_document(body=text)
        writer.commit()

    indexing = seconds(index)
    parser = QueryParser("body", found.schema)
    with found.searcher() as searcher:
        answering = seconds(lambda: [searcher.search(parser.parse(query), limit=10) for query in queries], rounds=2)
    return indexing, answering / len(queries)


def starting() -> list[tuple[str, float]]:
    """Start the program several times, beside an empty interpreter."""

    def run(*command: str) -> float:
        return seconds(lambda: subprocess.run([sys.executable, *command], capture_output=True, check=True), rounds=7)

    empty = run("-c", "pass")
    return [(name, run("-m", "searchkit", *command) / empty) for name, command in (("--version", ["--version"]), ("--help", ["--help"]))]


def main() -> int:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description="Speed beside other engines, as ratios.")
    parser.add_argument("--documents", type=int, default=1000, metavar="N")
    documents = made_documents(parser.parse_args().documents)
    queries = made_queries(documents)
    print(f"{len(documents)} documents, {sum(map(len, documents)) / 1e6:.1f} M characters, {len(queries)} queries")
    for name, ratio in starting():
        print(f"searchkit {name:<10} {ratio:6.1f} x an empty interpreter")
    print("searchkit's time over the other's; below 1 it is the faster one:")
    with tempfile.TemporaryDirectory() as place:
        ours = searchkit_times(Path(place), documents, queries)
        for name, measure in (("SQLite FTS5", sqlite_times), ("stock Whoosh", whoosh_times)):
            theirs = measure(Path(place), documents, queries)
            print(f"indexing  {ours[0] / theirs[0]:8.2f} x {name:<13} answering {ours[1] / theirs[1]:8.2f} x {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
