"""What does one committed state of an index answer?

Joins the parts: plans to ``executor``, places to ``places``, texts to
``documents``.  Document numbers end here; callers get keys.
"""

import sys
from collections.abc import Sequence

from searchkit.engine.contract import Chunk, Explanation, Hit, Hits, Key, Lexicon, Occurrence, Statistics, Stored
from searchkit.engine.local import places
from searchkit.engine.local.blobs import Blob
from searchkit.engine.local.cold import MOST_POSTINGS, ColdExecutor, Unsuitable, best
from searchkit.engine.local.lexicon import LocalLexicon
from searchkit.engine.local.manifest import Manifest
from searchkit.engine.local.segment import Segment, open_segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.plan import Plan

KNOWN_HITS = 10_000  # whose place is remembered between a search and its passages


class LocalReader:
    """One generation; see ``contract.Reader``.

    Args:
        folder: of the index.
        manifest: of the generation.
        trust: whether files of other users are all right.

    Raises:
        FileNotFoundError: a file has gone; a newer generation may be there.
        IndexDamagedError, IndexUnsafeError.
    """

    def __init__(self, folder: str, manifest: Manifest, *, trust: bool = False) -> None:
        self._manifest = manifest
        self._snapshot = Snapshot([open_segment(folder, entry, manifest, trust=trust) for entry in manifest.segments])
        self._located: dict[Key, tuple[Segment, int]] = {}
        self._budget = MOST_POSTINGS
        self._blobs = {name: Blob(folder, file, manifest.files[file], trust=trust) for name, file in manifest.blobs.items()}
        self.lexicon: Lexicon = LocalLexicon(self._snapshot)

    def search(self, plan: Plan, *, limit: int = 10, offset: int = 0, sort: str = "score") -> Hits:
        """Run a plan."""
        # Once numpy is there, it is the faster one; many small plans cost as much as its import when they have read as much as a large one.
        if sort == "score" and limit and "numpy" not in sys.modules:
            executor = ColdExecutor(self._snapshot, plan.similarity, budget=self._budget)
            try:
                scores = executor.search(plan)
            except Unsuitable:
                pass
            else:
                documents = best(self._snapshot, scores, min(len(scores), offset + limit))[offset:]
                self._budget = executor.budget
                return Hits(self._hits(documents, [scores[document] for document in documents]), len(scores), [], executor.led)
        from searchkit.engine.local.running import run

        page = run(self._snapshot, plan, limit=limit, offset=offset, sort=sort)
        return Hits(self._hits(page.documents, page.scores), page.total, page.limits, page.led)

    def _hits(self, documents: list[int], scores: list[float]) -> list[Hit]:
        """Put keys in place of numbers."""
        many = len(documents) * 4 > self._snapshot.count
        bulk = {segment.id: segment.documents.keys() for segment in self._snapshot.segments} if many else {}
        hits = []
        if len(self._located) > KNOWN_HITS:
            self._located.clear()
        for document, score in zip(documents, scores, strict=True):
            segment, row = self._snapshot.locate(document)
            key = bulk[segment.id][row] if many else segment.documents.key(row)
            self._located[key] = segment, row
            hits.append(Hit(key, score))
        return hits

    def explain(self, plan: Plan, key: Key) -> Explanation:
        """Say how a document's score came about."""
        from searchkit.engine.local.running import explained

        segment, row = self._locate(key)
        return explained(self._snapshot, plan, self._snapshot.starts[self._snapshot.segments.index(segment)] + row)

    def stored(self, keys: Sequence[Key]) -> list[Stored]:
        """Give what is kept of these documents."""
        return [segment.documents.stored(row, key) for key, (segment, row) in zip(keys, map(self._locate, keys), strict=True)]

    def find(self, name: str) -> list[Key]:
        """Give the keys of the live documents whose id or path is ``name``, sorted."""
        return sorted(
            segment.documents.key(row)
            for segment in self._snapshot.segments
            for row in segment.documents.named(name)
            if segment.is_live(row)
        )

    def keys(self) -> list[Key]:
        """Give the keys of all live documents, sorted."""
        return sorted(
            key for segment in self._snapshot.segments for row, key in enumerate(segment.documents.keys()) if segment.is_live(row)
        )

    def text(self, key: Key, start: int = 0, end: int | None = None) -> str:
        """Give a piece of a document's text."""
        segment, row = self._locate(key)
        return segment.documents.text(row, start, end)

    def chunks(self, key: Key) -> list[Chunk]:
        """Give the chunks of a document's text."""
        segment, row = self._locate(key)
        return segment.documents.chunks(row)

    def matches(self, key: Key, words: Sequence[Sequence[tuple[str, str]]]) -> list[dict[int, int]]:
        """Say in which chunks the terms of each asked word stand."""
        segment, row = self._locate(key)
        return places.matches(segment, row, words)

    def occurrences(self, key: Key, chunk: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[Occurrence]:
        """Give the written words of one chunk that match, in order."""
        segment, row = self._locate(key)
        return places.occurrences(segment, row, chunk, words)

    def statistics(self) -> Statistics:
        """Give the figures of the index."""
        manifest = self._manifest
        counts: dict[str, int] = {}
        for segment in self._snapshot.segments:
            held = segment.documents.column("language").tolist()
            dead = [held[row] for row in segment.dead_rows()]
            for number, label in enumerate(segment.documents.languages.slice(0, len(segment.documents.languages))):
                count = held.count(number) - dead.count(number)
                if count:
                    name = str(label, "utf-8")
                    counts[name] = counts.get(name, 0) + count
        return Statistics(
            documents=self._snapshot.live_count,
            languages=dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
            generation=manifest.generation,
            segments=len(manifest.segments),
            size_bytes=sum(fact.length for fact in manifest.files.values()),
            updated=manifest.updated,
            versions=dict(manifest.versions),
        )

    def blob(self, name: str) -> bytes | None:
        """Give a caller's own data."""
        return self._blobs[name].read() if name in self._blobs else None

    def close(self) -> None:
        """Let go of files and memory."""
        for segment in self._snapshot.segments:
            segment.close()
        for blob in self._blobs.values():
            blob.close()

    def _locate(self, key: Key) -> tuple[Segment, int]:
        """Find a live document.

        Raises:
            KeyError: there is none with this key.
        """
        found = self._located.get(key)
        if found is not None:
            return found
        for segment in self._snapshot.segments:
            for row in segment.documents.find(key):
                if segment.is_live(row):
                    return segment, row
        raise KeyError(key)
