"""The engines that searchkit is measured beside, one command line for all of them.

    python peers.py ENGINE check
    python peers.py ENGINE index PLACE FOLDER
    python peers.py ENGINE search PLACE < queries

``check`` says the version, or fails where the engine is not there.  ``index``
reads the ``.jsonl`` files of a folder and is durable when it ends; the text is
stored.  ``search`` answers each line with a JSON line of its ten best
documents, read from the index.  Runs in an environment that knows nothing of
searchkit, with what ``requirements/bench.txt`` names.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Record = dict[str, str]
LIMIT = 10
HEAP_BYTES = 256_000_000  # of tantivy's writer
FTS5 = {"fts5": "porter unicode61", "fts5-plain": "unicode61"}


def records(folder: str) -> Iterator[Record]:
    """Read the documents of a folder."""
    for path in sorted(Path(folder).glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def answer_lines(answer: Callable[[str], list[Record]]) -> None:
    """Answer each line of standard input as it comes."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps([{"id": hit["_id"], "title": hit["title"]} for hit in answer(line.strip())]) + "\n")
        sys.stdout.flush()


class Tantivy:
    """Stems, positions, stored text; one thread."""

    def __init__(self, place: str) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("_id", stored=True, tokenizer_name="raw")
        for name in ("title", "text"):
            builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
        os.makedirs(place, exist_ok=True)
        self._index = tantivy.Index(builder.build(), path=place)

    @staticmethod
    def version() -> str:
        """Say which one it is."""
        import tantivy

        return str(tantivy.__version__).split(",")[0].removeprefix("tantivy v")

    def index(self, folder: str) -> None:
        """Index, commit, wait for merges."""
        writer: Any = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        for record in records(folder):
            writer.add_document(self._tantivy.Document(**{name: [record[name]] for name in ("_id", "title", "text")}))
        writer.commit()
        writer.wait_merging_threads()

    def search(self) -> None:
        """Answer queries, any word will do."""
        self._index.reload()
        searcher = self._index.searcher()

        def answer(query: str) -> list[Record]:
            hits = searcher.search(self._index.parse_query(query, ["title", "text"]), LIMIT).hits
            found = [searcher.doc(address) for _, address in hits]
            return [{"_id": document["_id"][0], "title": document["title"][0], "text": document["text"][0]} for document in found]

        answer_lines(answer)


class Sqlite:
    """SQLite's FTS5, content in its own table."""

    def __init__(self, place: str, tokenizer: str) -> None:
        os.makedirs(place, exist_ok=True)
        self._base = sqlite3.connect(f"{place}/fts.db")
        self._tokenizer = tokenizer

    @staticmethod
    def version() -> str:
        """Say which one it is, if it has FTS5."""
        sqlite3.connect(":memory:").execute("create virtual table t using fts5(text)")
        return sqlite3.sqlite_version

    def index(self, folder: str) -> None:
        """Index in one transaction."""
        self._base.execute(f"create virtual table pages using fts5(id unindexed, title, body, tokenize='{self._tokenizer}')")
        rows = ((record["_id"], record["title"], record["text"]) for record in records(folder))
        self._base.executemany("insert into pages values (?, ?, ?)", rows)
        self._base.commit()

    def search(self) -> None:
        """Answer queries, any word will do."""

        def answer(query: str) -> list[Record]:
            words = " OR ".join(f'"{word}"' for word in query.split())
            rows = self._base.execute("select id, title, body from pages where pages match ? order by rank limit ?", (words, LIMIT))
            return [dict(zip(("_id", "title", "text"), row, strict=True)) for row in rows]

        answer_lines(answer)


class Whoosh:
    """Whoosh as it comes, with its stemming analyser."""

    def __init__(self, place: str) -> None:
        self._place = place

    @staticmethod
    def version() -> str:
        """Say which one it is."""
        import whoosh

        return ".".join(map(str, whoosh.__version__)) if isinstance(whoosh.__version__, tuple) else str(whoosh.__version__)

    def index(self, folder: str) -> None:
        """Index with one writer."""
        from whoosh.analysis import StemmingAnalyzer
        from whoosh.fields import ID, TEXT, Schema
        from whoosh.index import create_in

        os.makedirs(self._place, exist_ok=True)
        schema = Schema(id=ID(stored=True), title=TEXT(StemmingAnalyzer(), stored=True), text=TEXT(StemmingAnalyzer(), stored=True))
        writer = create_in(self._place, schema).writer(limitmb=256)
        for record in records(folder):
            writer.add_document(id=record["_id"], title=record["title"], text=record["text"])
        writer.commit()

    def search(self) -> None:
        """Answer queries, any word will do."""
        from whoosh.index import open_dir
        from whoosh.qparser import MultifieldParser, OrGroup

        index = open_dir(self._place)
        parser = MultifieldParser(["title", "text"], index.schema, group=OrGroup)
        with index.searcher() as searcher:
            answer_lines(lambda query: [{"_id": hit["id"], **hit.fields()} for hit in searcher.search(parser.parse(query), limit=LIMIT)])


def main() -> int:
    """Do one thing with one engine; 3 where the engine is not there."""
    engine, deed, *rest = sys.argv[1:]
    kinds = {"tantivy": Tantivy, "whoosh": Whoosh, **dict.fromkeys(FTS5, Sqlite)}
    if deed == "check":
        try:
            print(kinds[engine].version())
        except (ImportError, sqlite3.OperationalError) as error:
            print(error)
            return 3
        return 0
    peer = Sqlite(rest[0], FTS5[engine]) if engine in FTS5 else kinds[engine](rest[0])
    if deed == "index":
        peer.index(rest[1])
    else:
        peer.search()
    return 0


if __name__ == "__main__":
    sys.exit(main())
