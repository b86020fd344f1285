"""A second engine, in plain Python: slow, simple, and right by inspection.

It keeps the contract of ``searchkit.engine.contract`` over dictionaries in
memory.  Nothing of ``engine.local`` is used here: where the two differ, one
of them has misread the contract.
"""

import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from searchkit.engine import plan as nodes
from searchkit.engine.contract import (
    TITLE_GAP,
    AnalyzedDocument,
    Chunk,
    Explanation,
    Fault,
    Form,
    Hit,
    Hits,
    Key,
    Lexicon,
    Occurrence,
    Statistics,
    Stored,
)
from searchkit.errors import IndexMissingError
from searchkit.text.words import WORD


class Kept(NamedTuple):
    """A document, with its words resolved."""

    document: AnalyzedDocument
    title: tuple[Form, ...]
    text: tuple[Form, ...]

    def words(self, part: str) -> Iterator[tuple[Form, int, int]]:
        """Give each word of a part with its position in ``word`` and in ``stem``."""
        word = stem = 0
        for form in self.title:
            yield form, word, stem
            word, stem = word + form.word_width, stem + form.stem_width
        if part == "body":
            gap = TITLE_GAP if self.title else 0
            word, stem = word + gap, stem + gap
            for form in self.text:
                yield form, word, stem
                word, stem = word + form.word_width, stem + form.stem_width

    def length(self, part: str) -> int:
        """Count the positions of a part, without the gap."""
        return sum(form.stem_width for form in (self.title if part == "title" else self.title + self.text))

    def places(self, field: str) -> dict[str, list[int]]:
        """Give term -> positions (of grams: as many zeros as there are)."""
        part, channel, language = field.split("_")
        found: dict[str, list[int]] = {}
        for form, word, stem in self.words(part):
            if form.language != language:
                continue
            for term, position in _entries(form, channel, word, stem):
                found.setdefault(term, []).append(position)
        if channel == "gram":
            return found
        return {term: sorted(set(positions)) for term, positions in found.items()}


def _entries(form: Form, channel: str, word: int, stem: int) -> list[tuple[str, int]]:
    if channel == "word":
        return [(term, word + inner) for term, inner in form.words]
    if channel == "stem":
        return [(term, stem + inner) for term, inner in form.stems]
    return [(term, word) for term in (form.folds if channel == "fold" else form.grams)]


State = dict[Key, Kept]


class OracleLexicon:
    """See ``contract.Lexicon``; a dead term is forgotten here."""

    state = "oracle"

    def __init__(self, state: State) -> None:
        self._state = state

    def _index(self, field: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for kept in self._state.values():
            for term in kept.places(field):
                counts[term] = counts.get(term, 0) + 1
        return counts

    def fields(self) -> list[str]:
        """Name the fields."""
        names = set()
        for kept in self._state.values():
            for part in ("title", "body"):
                for form, _, _ in kept.words(part):
                    for channel in ("word", "stem", "gram", "fold"):
                        if _entries(form, channel, 0, 0):
                            names.add(f"{part}_{channel}_{form.language}")
        return sorted(names)

    def frequency(self, field: str, term: str) -> int:
        """Count documents with a term."""
        return self._index(field).get(term, 0)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Give terms by prefix."""
        return iter(sorted((term, count) for term, count in self._index(field).items() if term.startswith(prefix)))

    def lemmas(self, language: str) -> list[str]:
        """Give all lemmas."""
        return sorted(
            {
                lemma
                for kept in self._state.values()
                for form in kept.title + kept.text
                if form.language == language
                for lemma in form.lemmas
            }
        )

    def knows(self, language: str, lemma: str) -> bool:
        """Tell whether a lemma is known."""
        return lemma in self.lemmas(language)

    def documents(self, field: str) -> int:
        """Count documents with text in a language."""
        part, _, language = field.split("_")
        return sum(any(form.language == language for form, _, _ in kept.words(part)) for kept in self._state.values())


class OracleReader:
    """See ``contract.Reader``."""

    def __init__(self, state: State, blobs: dict[str, bytes], generation: int, versions: dict[str, int]) -> None:
        self._state = state
        self._blobs = blobs
        self._generation = generation
        self._versions = versions
        self.lexicon: Lexicon = OracleLexicon(state)
        self._limits: list[str] = []
        self._similarity: dict[str, tuple[float, float]] = {}

    def search(self, plan: nodes.Plan, *, limit: int = 10, offset: int = 0, sort: str = "score") -> Hits:
        """Run a plan."""
        self._limits = []
        scores = self._scores(plan)
        ordered = sorted(scores, key=self._by_key)
        if sort == "score":
            ordered.sort(key=lambda key: -scores[key])
        elif sort == "date":
            ordered.sort(key=lambda key: self._state[key].document.date or "", reverse=True)
        page = ordered[offset : offset + limit] if limit else ordered[offset:]
        return Hits([Hit(key, scores[key]) for key in page], len(ordered), self._limits)

    def _by_key(self, key: Key) -> tuple[str, int, str]:
        return key[0], self._state[key].document.line, key[1]

    def _scores(self, plan: nodes.Plan) -> dict[Key, float]:
        self._similarity = plan.similarity
        scores = self._run(plan.root)
        window = sorted(scores, key=lambda key: (-scores[key], self._by_key(key)))[: plan.window]
        for node in plan.bonus:
            extra = self._run(node)
            for key in window:
                scores[key] += extra.get(key, 0.0)
        return scores

    def explain(self, plan: nodes.Plan, key: Key) -> Explanation:
        """Give the score, unexplained."""
        return Explanation(self._scores(plan).get(key, 0.0), "brute force")

    def _run(self, node: nodes.Node) -> dict[Key, float]:  # noqa: C901, PLR0911, PLR0912 -- one case a node, side by side
        match node:
            case nodes.Term():
                return self._bm25(node.field, {node.text: 1}, node.weight)
            case nodes.Synonyms():
                return self._bm25(node.field, dict(node.terms), node.weight)
            case nodes.Prefix():
                return self._pattern(node, lambda term: term.startswith(node.text), f"{node.text}*")
            case nodes.Wildcard():
                expression = re.compile(_regex(node.text), re.DOTALL)
                return self._pattern(node, lambda term: expression.fullmatch(term) is not None, node.text)
            case nodes.Phrase():
                return self._phrase(node)
            case nodes.Sum():
                return _union([self._run(inner) for inner in node.nodes], lambda left, right: left + right)
            case nodes.Max():
                return _union([self._run(inner) for inner in node.nodes], max)
            case nodes.All():
                found = [self._run(inner) for inner in node.nodes]
                summed = _union(found, lambda left, right: left + right)
                return {key: score for key, score in summed.items() if all(key in part for part in found)}
            case nodes.Rank():
                scores = self._run(node.node)
                for extra in map(self._run, node.extras):
                    for key in scores:
                        scores[key] += extra.get(key, 0.0)
                return scores
            case nodes.Scale():
                return {key: node.factor * score for key, score in self._run(node.node).items()}
            case nodes.Without():
                excluded = self._run(node.excluded)
                return {key: score for key, score in self._run(node.node).items() if key not in excluded}
            case nodes.Where():
                found_scores = self._run(node.node)
                return {key: score for key, score in found_scores.items() if all(self._holds(key, one) for one in node.conditions)}
            case nodes.Leading():
                scores = self._run(node.node)
                core = scores.keys() & self._run(node.core).keys()
                least = node.share * max((scores[key] for key in core), default=float("-inf"))
                return {key: score for key, score in scores.items() if not core or key in core or score >= least}
            case nodes.Everything():
                return dict.fromkeys(self._state, 0.0)
            case nodes.Nothing():
                return {}

    def _pattern(self, node: nodes.Prefix | nodes.Wildcard, test: Callable[[str], bool], shown: str) -> dict[Key, float]:
        terms = [term for term, _ in self.lexicon.terms(node.field) if test(term)]
        if len(terms) > node.limit:
            self._limits.append(f"{shown}: only the first {node.limit:,} terms")
        return self._bm25(node.field, dict.fromkeys(terms[: node.limit], 1), node.weight)

    def _bm25(self, field: str, terms: dict[str, float], weight: float) -> dict[Key, float]:
        found: dict[Key, float] = {}
        for key, kept in self._state.items():
            places = kept.places(field)
            present = [term for term in terms if term in places]
            if present:
                found[key] = 0.0
                for term in present:  # not sum(): from Python 3.12 on it adds floats in another way
                    found[key] += len(places[term]) * terms[term]
        if not found:
            return {}
        return self._saturated(field, found, self._idf(field, len(found)), weight)

    def _saturated(self, field: str, tf: dict[Key, float], idf: float, weight: float) -> dict[Key, float]:
        part, _, language = field.split("_")
        k1, b = self._similarity.get(field, (1.2, 0.75))
        lengths = [kept.length(part) for kept in self._state.values() if any(form.language == language for form, _, _ in kept.words(part))]
        mean = sum(lengths) / len(lengths) or 1.0
        return {
            key: weight * (idf * (count / (count + k1 * (1 - b + b * self._state[key].length(part) / mean)))) for key, count in tf.items()
        }

    def _idf(self, field: str, df: int) -> float:
        return math.log(1 + (self.lexicon.documents(field) - df + 0.5) / (df + 0.5))

    def _phrase(self, node: nodes.Phrase) -> dict[Key, float]:
        idf = 0.0
        scored_by = []
        for _, terms in node.slots:
            df, field = 0, ""
            for name, text in terms:
                count = self.lexicon.frequency(name, text)
                if count > df:
                    df, field = count, name
            if not df:
                return {}
            idf += self._idf(field, df)
            scored_by.append(field)
        found = {}
        for key, kept in self._state.items():
            places = {name: kept.places(name) for _, terms in node.slots for name, _ in terms}
            slots = [(offset, {place for name, text in terms for place in places[name].get(text, ())}) for offset, terms in node.slots]
            times = [sum(set(terms) == set(other) for _, other in node.slots) for _, terms in node.slots]
            number = _near(slots, times, node.slop) if node.slop else _exact(slots)
            if number:
                found[key] = float(number)
        return self._saturated(scored_by[0], found, idf, node.weight) if found else {}

    def _holds(self, key: Key, condition: nodes.Condition) -> bool:
        if isinstance(condition, nodes.Negated):
            return not self._holds(key, condition.condition)
        if isinstance(condition, nodes.AnyOf):
            return any(self._holds(key, one) for one in condition.conditions)
        document = self._state[key].document
        value = {"path": key[0], "id": key[1], "language": document.language, "date": document.date or ""}[condition.column]
        if isinstance(condition, nodes.Among):
            return value in condition.values
        if isinstance(condition, nodes.Matches):
            return any(re.fullmatch(pattern, value) for pattern in condition.patterns)
        return value != "" and value >= condition.low and (condition.high == "" or value <= condition.high)

    def stored(self, keys: Sequence[Key]) -> list[Stored]:
        """Give what is kept of documents."""
        documents = [self._state[key].document for key in keys]
        return [Stored(one.key, one.title, one.language, one.date, one.line, one.metadata, len(one.text)) for one in documents]

    def find(self, name: str) -> list[Key]:
        """Find by id or path."""
        return sorted(key for key in self._state if name in key)

    def keys(self) -> list[Key]:
        """Give all keys."""
        return sorted(self._state)

    def text(self, key: Key, start: int = 0, end: int | None = None) -> str:
        """Give a piece of a text."""
        return self._state[key].document.text[start:end]

    def chunks(self, key: Key) -> list[Chunk]:
        """Give the chunks of a text."""
        return list(self._state[key].document.chunks)

    def matches(self, key: Key, words: Sequence[Sequence[tuple[str, str]]]) -> list[dict[int, int]]:
        """Count matching words by chunk."""
        result: list[dict[int, int]] = [{} for _ in words]
        for chunk in range(len(self.chunks(key))):
            for occurrence in self.occurrences(key, chunk, words):
                counts = result[occurrence.word]
                counts[chunk] = counts.get(chunk, 0) + 1
        return result

    def occurrences(self, key: Key, chunk: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[Occurrence]:
        """Give matching words of a chunk."""
        kept = self._state[key]
        first = sum(one.words for one in kept.document.chunks[:chunk])
        here = kept.document.chunks[chunk]
        spans = [found.span() for found in WORD.finditer(kept.document.text[here.start : here.end])]
        result = []
        for form, (start, end) in zip(kept.text[first : first + here.words], spans, strict=True):
            for number, terms in enumerate(words):
                if any(_is_match(form, field, text) for field, text in terms):
                    result.append(Occurrence(here.start + start, here.start + end, number))
        return result

    def statistics(self) -> Statistics:
        """Give the figures."""
        counts: dict[str, int] = {}
        for kept in self._state.values():
            counts[kept.document.language] = counts.get(kept.document.language, 0) + 1
        ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        return Statistics(len(self._state), ordered, self._generation, 1, 0, "", self._versions)

    def blob(self, name: str) -> bytes | None:
        """Give a caller's data."""
        return self._blobs.get(name)

    def close(self) -> None:
        """Do nothing."""


def _regex(pattern: str) -> str:
    return "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)


def _is_match(form: Form, field: str, text: str) -> bool:
    part, channel, language = field.split("_")
    if part != "body" or channel == "gram" or form.language != language:
        return False
    return any(re.fullmatch(_regex(text), term, re.DOTALL) for term, _ in _entries(form, channel, 0, 0))


def _union(found: list[dict[Key, float]], combine: Callable[[float, float], float]) -> dict[Key, float]:
    result: dict[Key, float] = {}
    for part in found:
        for key, score in part.items():
            result[key] = combine(result[key], score) if key in result else score
    return result


def _exact(slots: list[tuple[int, set[int]]]) -> int:
    first = min(offset for offset, _ in slots)
    return sum(
        all(start + offset - first in positions for offset, positions in slots)
        for start in {position - offset + first for offset, positions in slots for position in positions}
    )


def _near(slots: list[tuple[int, set[int]]], times: list[int], slop: int) -> int:
    offsets = [offset for offset, _ in slots]
    width = max(offsets) - min(offsets) + 1 + slop
    count = 0
    for start in set().union(*(positions for _, positions in slots)):
        window = range(start, start + width)
        count += all(sum(place in places for place in window) >= least for (_, places), least in zip(slots, times, strict=True))
    return count


class OracleWriter:
    """See ``contract.Writer``."""

    def __init__(self, engine: "OracleEngine", *, versions: dict[str, int], rebuild: bool) -> None:
        self._engine = engine
        self._versions = versions
        self._state: State = {} if rebuild else dict(engine.state)
        self._blobs = {} if rebuild else dict(engine.blobs)
        self._changed = rebuild or not engine.generation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Drop what was not committed."""

    def add(self, documents: Iterable[AnalyzedDocument], forms: Sequence[Form]) -> None:
        """Take documents."""
        for document in documents:
            self._state.pop(document.key, None)
            self._state[document.key] = Kept(document, _resolved(document.title_forms, forms), _resolved(document.forms, forms))
            self._changed = True

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out."""
        for key in keys:
            self._changed |= self._state.pop(key, None) is not None

    def blob(self, name: str, data: bytes) -> None:
        """Keep a caller's data."""
        self._changed |= self._blobs.get(name) != data
        self._blobs[name] = data

    def commit(self) -> None:
        """Make everything visible."""
        if self._changed:
            engine = self._engine
            engine.state, engine.blobs, engine.versions = dict(self._state), dict(self._blobs), self._versions
            engine.generation += 1
        self._changed = False


def _resolved(rows: "array[int]", forms: Sequence[Form]) -> tuple[Form, ...]:
    return tuple(forms[row] for row in rows)


class OracleEngine:
    """See ``contract.Engine``; in memory."""

    def __init__(self) -> None:
        self.state: State = {}
        self.blobs: dict[str, bytes] = {}
        self.versions: dict[str, int] = {}
        self.generation = 0

    def exists(self) -> bool:
        """Tell whether anything was committed."""
        return self.generation > 0

    def reader(self) -> OracleReader:
        """Open the last state."""
        if not self.generation:
            raise IndexMissingError("memory")
        return OracleReader(self.state, self.blobs, self.generation, self.versions)

    def writer(
        self, *, versions: dict[str, int], rebuild: bool = False, memory_bytes: int = 0, lock_timeout_seconds: float = 0
    ) -> OracleWriter:
        """Begin to write."""
        del memory_bytes, lock_timeout_seconds
        return OracleWriter(self, versions=versions, rebuild=rebuild)

    def blob(self, name: str) -> bytes | None:
        """Give a caller's own data."""
        return self.blobs.get(name)

    def verify(self) -> list[Fault]:
        """Find nothing."""
        return []
