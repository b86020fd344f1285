"""Which documents answer a query, and with which lines?

One ``Searcher`` is one committed state of an index; it may answer any number
of queries.  It never prints.
"""

import math
import time
from types import TracebackType

from searchkit.analysis import field
from searchkit.app.opening import Sound, current_folder, open_engine
from searchkit.app.patience import Patience, TooSlowError
from searchkit.app.results import Correction, Interpretation, SearchHit, SearchResult, Snippet
from searchkit.engine.contract import Hit, Hits, Key, Reader, Stored
from searchkit.engine.plan import Leading, Plan
from searchkit.errors import QueryTimeError
from searchkit.passages import Asked, passages
from searchkit.planning.compile import CONTENT_WORDS_ALL, NEARLY_ALL, WINDOW, Choices, Compiler
from searchkit.planning.correct import Corrector
from searchkit.planning.limits import (
    AGAIN_SHARE,
    ASKING_SHARE,
    CORRECTED_WORDS,
    DOCUMENTS,
    FREE_HITS,
    HIT_SECONDS,
    MARKED_WORDS,
    cut_query,
    cut_tree,
    marked_words,
)
from searchkit.planning.scope import Scope, query_scope
from searchkit.planning.suggest import Suggester
from searchkit.query.syntax import parse
from searchkit.query.tree import Parsed
from searchkit.settings import SearchSettings
from searchkit.text.normalize import nfc
from searchkit.typed import NamedTuple, Self


class _Asked(NamedTuple):
    """A query, planned."""

    plan: Plan
    compiler: Compiler
    corrector: Corrector


class Searcher:
    """Answers queries from one state of an index.

    Args:
        index: its folder.
        trust: open it though it belongs to another user.

    Raises:
        IndexMissingError, IndexDamagedError, IndexFormatError, IndexUnsafeError.
    """

    def __init__(self, index: str, *, trust: bool = False) -> None:
        self._sound = Sound(index, trust=trust)
        self._engine = open_engine(index, trust=trust)
        self._open()

    def _open(self) -> None:
        with self._sound:
            self._reader: Reader = self._engine.reader()
            self._present = frozenset(name.rsplit("_", 1)[1] for name in self._reader.lexicon.fields())
            self._suggester = Suggester(self._reader.lexicon)
            texts = sum(self._reader.lexicon.documents(field("body", "word", code)) for code in self._present)
            self._size = max(1.0, texts / DOCUMENTS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._reader.close()

    def search(self, query: str, settings: SearchSettings) -> SearchResult:
        """Answer a query.

        Raises:
            QueryError: under ``syntax`` full, an expression that does not parse; a bad date or pattern.
            IndexDamagedError: a part of the index that the answer needs.
            QueryTimeError: it takes longer than ``timeout_seconds``.
        """
        seconds = settings.timeout_seconds * self._size
        for share, corrected_words in ((ASKING_SHARE, CORRECTED_WORDS), (AGAIN_SHARE, 0)):
            with self._sound:
                try:
                    with Patience(seconds * share) as patience:
                        return self._search(query, settings, patience, corrected_words)
                except TooSlowError:
                    has_corrected = self._suggester.has_looked_up
            # Tables and caches may be half made.
            self.close()
            self._open()
            # Where the words of the index are many, and only similar ones were looked for, an answer without them is better than none.
            if not has_corrected:
                break
        raise QueryTimeError(seconds)

    def _search(self, query: str, settings: SearchSettings, patience: Patience, corrected_words: int) -> SearchResult:
        began = time.perf_counter()
        query, cut_short = cut_query(nfc(query))
        if not corrected_words:
            cut_short = (*cut_short, "there was no time to look for similar words")
        parsed, more = cut_tree(parse(query, settings.syntax))
        scope = query_scope(_words_of(parsed), lang=settings.lang, present=self._present)
        fuzzy = "off" if settings.exact else settings.fuzzy
        corrector = Corrector(self._reader.lexicon, self._suggester, fuzzy=fuzzy, most=corrected_words)
        match, asked, hits = self._matched(parsed, scope, settings, corrector)
        patience.extend(HIT_SECONDS * max(0, len(hits.hits) - FREE_HITS))
        unmarked = self._mark(asked.plan, settings)
        found = self._hits(hits, asked, settings)
        corrections = tuple(Correction(word, names, used) for word, (names, used) in asked.corrector.corrections.items())
        codes = tuple(code for code, _ in scope.weights)
        told = Interpretation(codes, match, parsed.syntax, corrections, (*cut_short, *more, *hits.limits, *unmarked), guessed=scope.guessed)
        return SearchResult(query, hits.total, time.perf_counter() - began, told, found)

    def _matched(self, parsed: Parsed, scope: Scope, settings: SearchSettings, corrector: Corrector) -> tuple[str, _Asked, Hits]:
        """Run a query as ``match`` says; ``auto`` is all words where they are few and some document has them, else any."""
        if settings.match != "auto":
            asked = self._ask(parsed, scope, settings, settings.match, corrector)
            return settings.match, asked, self._run(asked.plan, settings)
        anything = self._ask(parsed, scope, settings, "any", corrector)
        if anything.compiler.content_words > CONTENT_WORDS_ALL:
            return "any", anything, self._run(anything.plan, settings)
        if not anything.compiler.match_matters:
            return "all", anything, self._run(anything.plan, settings)
        asked = self._ask(parsed, scope, settings, "all", corrector, before=anything)
        content_words = asked.compiler.content_words
        if content_words <= 1:
            return "all", asked, self._run(asked.plan, settings)
        anything.plan.root = Leading(anything.plan.root, asked.plan.root, NEARLY_ALL[content_words])
        hits = self._run(anything.plan, settings)
        return "all" if hits.led else "any", anything, hits

    def _ask(
        self, parsed: Parsed, scope: Scope, settings: SearchSettings, match: str, corrector: Corrector, *, before: "_Asked | None" = None
    ) -> _Asked:
        """Plan a query under one way of matching."""
        lexicon = self._reader.lexicon
        folder = current_folder()
        choices = Choices(match, settings.exact, corrector, max(WINDOW, 10 * (settings.limit + settings.offset)), folder)
        compiler = Compiler(lexicon, scope, choices, before=before.compiler if before else None)
        plan = compiler.plan(parsed)
        if settings.in_languages or settings.paths or settings.since or settings.until:
            from searchkit.planning.conditions import admitted

            plan.root = admitted(
                plan.root,
                languages=settings.in_languages,
                paths=settings.paths,
                since=settings.since,
                until=settings.until,
                folder=folder,
            )
        plan.words = tuple((word, (*terms, *corrector.terms.get(word, ()))) for word, terms in plan.words)
        return _Asked(plan, compiler, corrector)

    def _run(self, plan: Plan, settings: SearchSettings) -> Hits:
        return self._reader.search(plan, limit=settings.limit, offset=settings.offset, sort=settings.sort)

    def _mark(self, plan: Plan, settings: SearchSettings) -> tuple[str, ...]:
        """Choose the words that are looked for in the texts shown, and say so where those are not all."""
        if len(plan.words) <= MARKED_WORDS or not (settings.snippets or settings.matched):
            return ()
        chosen, told = marked_words([self._weight(terms) for _, terms in plan.words])
        plan.words = tuple(plan.words[place] for place in chosen)
        return told

    def _hits(self, hits: Hits, query: _Asked, settings: SearchSettings) -> tuple[SearchHit, ...]:
        """Complete the hits of a page with what is shown of them."""
        plan = query.plan
        # What a word tells is asked for passages alone.
        weights = tuple(self._weight(terms) if settings.snippets else 0.0 for _, terms in plan.words)
        asked = Asked(tuple(terms for _, terms in plan.words), weights)
        names = tuple(word for word, _ in plan.words)
        stored = self._reader.stored([hit.key for hit in hits.hits])
        return tuple(
            self._hit(
                hit, settings.offset + number, self._wholes(hit.key, asked, query.compiler.parts, settings), names, plan, settings, kept
            )
            for number, (hit, kept) in enumerate(zip(hits.hits, stored, strict=True), start=1)
        )

    def _wholes(self, key: Key, asked: Asked, parts: set[tuple[str, str]], settings: SearchSettings) -> Asked:
        """Mark no parts of a compound in a document that holds the whole: who asks for Windkraft does not mean every Wind."""
        if not parts or not (settings.snippets or settings.matched):
            return asked
        wholes = [tuple(term for term in terms if term not in parts) for terms in asked.words]
        found = self._reader.matches(key, wholes)
        words = tuple(whole if places else terms for whole, places, terms in zip(wholes, found, asked.words, strict=True))
        return asked._replace(words=words)

    def _hit(
        self, hit: Hit, rank: int, asked: Asked, names: tuple[str, ...], plan: Plan, settings: SearchSettings, kept: Stored
    ) -> SearchHit:
        """Complete one hit."""
        found = passages(self._reader, hit.key, asked, count=settings.snippets, context_chars=settings.context)
        matches = self._reader.matches(hit.key, asked.words) if settings.matched else []
        is_record = kept.key[0] != kept.key[1]
        snippets = tuple(Snippet(one.text, one.highlights, kept.line if is_record else one.line, one.column) for one in found)
        line = snippets[0].line if snippets else kept.line
        return SearchHit(
            rank,
            hit.score,
            kept.key[1],
            kept.key[0],
            line,
            kept.title,
            kept.language,
            kept.date,
            snippets,
            tuple(name for name, places in zip(names, matches, strict=False) if places),
            self._reader.explain(plan, hit.key) if settings.explain else None,
        )

    def _weight(self, terms: tuple[tuple[str, str], ...]) -> float:
        """Say how much a word tells: the idf of its most frequent term; nothing if no document has any."""
        lexicon = self._reader.lexicon
        frequency, documents = 0, 1
        is_pattern = False
        for name, term in terms:
            is_pattern = is_pattern or "*" in term or "?" in term
            df = 0 if is_pattern else lexicon.frequency(name, term)
            if df > frequency:
                frequency, documents = df, lexicon.documents(name)
        if not frequency and not is_pattern:
            return 0.0
        return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _words_of(parsed: Parsed) -> str:
    """Give the words of a query without its operators, to tell its language by."""
    words: list[str] = []
    stack = [parsed.node]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        if hasattr(node, "text"):
            words.append(node.text.replace("*", ""))
        stack.extend(reversed(getattr(node, "nodes", ())))
        if hasattr(node, "node"):
            stack.append(node.node)
    return " ".join(words)
