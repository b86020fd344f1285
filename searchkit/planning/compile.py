"""What does a whole query ask of an index?

Tree -> plan: which words must be there (``match``), which phrases, which
documents are admitted at all; and the bonus of words that stand side by side.
"""

from collections import Counter
from itertools import islice, pairwise

from searchkit.analysis import QueryWord, field, query_words
from searchkit.engine.contract import Lexicon
from searchkit.engine.plan import (
    All,
    Everything,
    Max,
    Node,
    Nothing,
    Plan,
    Prefix,
    Rank,
    Sum,
    Wildcard,
    Without,
)
from searchkit.languages.registry import language
from searchkit.planning.correct import Corrector
from searchkit.planning.expand import BODY, TITLE, Part, WordPlan, best, exact_plan, exact_terms, part_terms, scaled, word_plan
from searchkit.planning.limits import CORRECTED_WORDS, EXPANSIONS, NEIGHBOURS
from searchkit.planning.phrases import light_ways, phrases, surface_ways
from searchkit.planning.scope import Scope
from searchkit.query import tree
from searchkit.text.normalize import term_form
from searchkit.text.patterns import lazy_pattern
from searchkit.typed import Any, NamedTuple

_SURROGATES = lazy_pattern("[\ud800-\udfff]+")
NEAR_SLOP = 8  # positions more than the words take up: in a Korean clause
WRITTEN_WEIGHT = 0.1  # bonus of a quoted phrase that stands just as it is written
LIGHT_WEIGHT = 0.7  # of a phrase in other spellings, as of a word
CONTENT_WORDS_ALL = 3  # up to so many content words "auto" wants them all, or nearly
# Content words -> share of the best score of a document with all of them from which one that lacks a word is found, too.
# Strict "all" loses .02 nDCG@10 on headings (Korean documentation, German statutes), "any" finds a document for every word.
NEARLY_ALL = {2: 0.75, 3: 0.5}
LOOSE_FROM = 2  # content words from which, under "any", some parts of a compound do: +.02 nDCG@10 on headings of statutes
GRAMS_FIND_FROM = 4  # content words from which grams may find documents by themselves (under "any")
WINDOW = 1000


class Choices(NamedTuple):
    """What the caller wants.

    Attributes:
        match: ``all`` or ``any`` (``auto`` is the caller's loop).
        exact: surface forms only.
        correct: completes the plan of a word that the index may not know.
        window: how many of the best documents get the phrase bonus.
        folder: the current one, for ``path:``.
    """

    match: str = "all"
    exact: bool = False
    correct: Corrector | None = None
    window: int = WINDOW
    folder: str = ""


class Group(NamedTuple):
    """What stands side by side in a query.

    Attributes:
        found: finds documents.
        stop_words: find documents where there is nothing else.
        ranks: bonuses.
        excluded: takes documents out.
    """

    found: list[Node]
    stop_words: list[Node]
    ranks: list[Node]
    excluded: list[Node]


class Understood(NamedTuple):
    """Words side by side: what each of them means, and the bonus of neighbours."""

    plans: list[WordPlan]
    bonus: list[Node]


class Compiler:
    """Compiles one query for one state of an index.

    Args:
        lexicon: of the index.
        scope: the languages to read the query under.
        choices: the caller's.
        before: has compiled the same query under another ``match``: what it
            understood is taken over, node by node, so that an engine sees
            what is the same.

    Attributes:
        content_words: how many content words the last plan had; from it
            ``auto`` decides.
        words: the query's words with the terms that they may be found by.
        parts: those of the terms that are parts of compounds.
        understood: runs of words, by part and text.
        match_matters: whether the last plan would be another one under another ``match``.
    """

    def __init__(self, lexicon: Lexicon, scope: Scope, choices: Choices, *, before: "Compiler | None" = None) -> None:
        self._lexicon, self._scope, self._choices = lexicon, scope, choices
        self.content_words = 0
        self.match_matters = False
        self.words: dict[str, dict[tuple[str, str], None]] = {} if before is None else before.words
        self.parts: set[tuple[str, str]] = set() if before is None else before.parts
        self.understood: dict[tuple[str, tuple[str, ...]], Understood] = {} if before is None else before.understood

    def plan(self, parsed: tree.Parsed) -> Plan:
        """Compile a parsed query."""
        bonus: list[Node] = []
        root = self._node(parsed.node, BODY, bonus) if parsed.node else Nothing()
        similarity = {name: _similarity(name) for name in fields_of((root, *bonus))}
        words = tuple((word, tuple(terms)) for word, terms in self.words.items())
        return Plan(root, bonus=tuple(bonus), window=self._choices.window, similarity=similarity, words=words)

    def _node(self, node: tree.Node, part: Part, bonus: list[Node]) -> Node:
        """Compile any node that finds documents."""
        if isinstance(node, tree.Words | tree.And):
            match = "all" if isinstance(node, tree.And) else self._choices.match
            return self._words(node.nodes, part, bonus, match=match)
        if isinstance(node, tree.Or):
            return Sum(tuple(self._node(child, part, bonus) for child in node.nodes))
        if isinstance(node, tree.Field):
            return self._node(node.node, TITLE, [])
        if isinstance(node, tree.Phrase):
            return self._phrase(node, part)
        if isinstance(node, tree.Pattern):
            return self._pattern(node, part)
        return self._words((node,), part, bonus, match=self._choices.match)

    def _words(self, nodes: tuple[tree.Node, ...], part: Part, bonus: list[Node], *, match: str) -> Node:
        """Compile nodes side by side: words in runs, so that they are understood together."""
        group = Group([], [], [], [])
        run: list[tree.Word] = []
        for node in nodes:
            if isinstance(node, tree.Word) and not node.exact and node.edits is None and not self._choices.exact:
                run.append(node)
                continue
            self._run(run, part, group, bonus)
            run = []
            if isinstance(node, tree.Not):
                group.excluded.append(self._node(node.node, part, []))
            elif isinstance(node, tree.Word):
                group.found.append(self._special(node, part))
            elif not isinstance(node, tree.Condition):
                group.found.append(self._node(node, part, bonus))
        self._run(run, part, group, bonus)
        conditions = tuple(node for node in nodes if isinstance(node, tree.Condition))
        return self._grouped(group, conditions, match)

    def _grouped(self, group: "Group", conditions: tuple[tree.Condition, ...], match: str) -> Node:
        """Put together what stands side by side: what is found, what ranks it, what is left out."""
        # Stop words are dropped where there is anything else: as mere ranking they still cost .005 to .01 nDCG@10.
        found = group.found or group.stop_words
        nothing_asked = Everything() if group.excluded or conditions else Nothing()
        result = self._matched(found, match) if found else nothing_asked
        if group.ranks:
            result = Rank(result, tuple(group.ranks))
        if group.excluded:
            result = Without(result, Sum(tuple(group.excluded)))
        if not conditions:
            return result
        from searchkit.planning.conditions import where

        return where(result, conditions, self._choices.folder)

    def _matched(self, found: list[Node], match: str) -> Node:
        """Ask for all or for any."""
        if len(found) == 1:
            return found[0]
        self.match_matters = True
        return All(tuple(found)) if match == "all" else Sum(tuple(found))

    def _run(self, run: list[tree.Word], part: Part, group: "Group", bonus: list[Node]) -> None:
        """Compile words side by side."""
        key = (part.name, tuple(word.text for word in run))
        meant = self.understood.get(key)
        if meant is None:
            meant = self.understood[key] = self._understand(key[1], part)
        plans = meant.plans
        content = [plan for plan in plans if not plan.stop]
        group.stop_words.extend(plan.node for plan in plans if plan.stop)
        for plan in plans if not content else ():
            self.words.setdefault(plan.text, {}).update(dict.fromkeys(plan.terms))
        self.content_words += len(content)
        any_will_do = self._choices.match == "any"
        loose = any_will_do and len(content) >= LOOSE_FROM
        grams_find = any_will_do and len(content) >= GRAMS_FIND_FROM
        counted = Counter(plan.text for plan in content)
        for plan in {plan.text: plan for plan in content}.values():
            node = plan.loose if loose else plan.node
            times = counted[plan.text]
            group.found.append(scaled(Sum((node, *plan.grams)) if grams_find and plan.grams else node, times))
            group.ranks.extend(scaled(extra, times) for extra in (*plan.extras, *(() if grams_find else plan.grams)))
        bonus.extend(meant.bonus)

    def _understand(self, texts: tuple[str, ...], part: Part) -> Understood:
        """Say what words side by side mean."""
        # Bytes that are no UTF-8 belong to no word, and no stemmer takes them.
        pieces = [text if text.isascii() else _SURROGATES.sub(" ", text) for text in texts]
        if self._choices.correct and len(pieces) <= CORRECTED_WORDS:
            pieces = self._choices.correct.reread(pieces)
        plans = [self._plan_word(part, senses) for senses in self._senses(" ".join(pieces))]
        return Understood(plans, self._neighbours(plans) if part is BODY else [])

    def _senses(self, text: str) -> list[list[tuple[QueryWord, float]]]:
        """Give for each written word of a text what the languages of the scope make of it."""
        senses: list[dict[str, tuple[QueryWord, float]]] = []
        for code, weight in self._scope.weights:
            words = query_words(text, code)
            senses = senses or [{} for _ in words]
            for sense, word in zip(senses, words, strict=True):
                if word.code not in sense or sense[word.code][1] < weight:
                    sense[word.code] = (word, weight)
        return [list(sense.values()) for sense in senses]

    def _plan_word(self, part: Part, words: list[tuple[QueryWord, float]]) -> WordPlan:
        """Plan one word, with its corrections where the index does not know it."""
        plan = word_plan(part, words)
        if plan.stop:
            return plan
        self.parts.update(term for word, _ in words for term in part_terms(word))
        self.words.setdefault(plan.text, {}).update(dict.fromkeys(plan.terms))
        if self._choices.correct is None:
            return plan
        more = self._choices.correct(part, words)
        if not more:
            return plan
        return plan._replace(node=Max((plan.node, *more)), loose=Max((plan.loose, *more)))

    @staticmethod
    def _neighbours(plans: list[WordPlan]) -> list[Node]:
        """Give the bonus of each two content words that stand side by side in the query: for standing so, and near each other."""
        nodes: list[Node] = []
        # A Korean question is Korean where two of its words are Latin, too.
        beside, near = max((plan.phrase for plan in plans), default=0.0), max((plan.near for plan in plans), default=0.0)
        content = ((left, right) for left, right in pairwise(plans) if not (left.stop or right.stop))
        for left, right in islice(content, NEIGHBOURS):
            nodes.append(best(phrases((left.stems, right.stems), weight=beside)))
            if near:
                nodes.append(best(phrases((left.stems, right.stems), slop=NEAR_SLOP, weight=near)))
        return nodes

    def _phrase(self, node: tree.Phrase, part: Part) -> Node:
        """Compile a quoted phrase: stems in order, or lighter spellings, the surface form on top; or the surface form alone."""
        senses = self._senses(node.text)
        if not senses:
            return Nothing()
        self.content_words += len(senses)
        exact = node.exact or self._choices.exact
        plans = [word_plan(part, sense) for sense in senses]
        for plan, sense in zip(plans, senses, strict=True):
            self.words.setdefault(plan.text, {}).update(dict.fromkeys(exact_terms(sense) if exact else plan.terms))
        if len(plans) == 1:
            return exact_plan(part, senses[0]) if exact else plans[0].node
        words = [[word for word, _ in sense] for sense in senses]
        written = best(phrases([surface_ways(part.name, word) for word in words], slop=node.slop))
        if exact:
            return written
        stemmed = phrases([plan.stems for plan in plans], slop=node.slop)
        light = phrases([light_ways(part.name, word) for word in words], slop=node.slop, weight=LIGHT_WEIGHT)
        return Rank(best([*stemmed, *light]), (scaled(written, WRITTEN_WEIGHT),))

    def _pattern(self, node: tree.Pattern, part: Part) -> Node:
        """Compile a prefix or wildcard: over the surface forms of every language."""
        text = "".join(piece if piece in "*?" else term_form(piece) for piece in _pieces(node.text))
        self.content_words += 1
        terms = self.words.setdefault(node.text, {})
        nodes: list[Node] = []
        for code in sorted({name.rsplit("_", 1)[1] for name in self._lexicon.fields()}):
            name = field(part.name, "word", code)
            terms[field("body", "word", code), text] = None
            is_prefix = text.endswith("*") and not any(sign in text[:-1] for sign in "*?")
            nodes.append(Prefix(name, text[:-1], limit=EXPANSIONS) if is_prefix else Wildcard(name, text, limit=EXPANSIONS))
        return best(nodes)

    def _special(self, node: tree.Word, part: Part) -> Node:
        """Compile ``=word``, ``word~1`` and, under ``--exact``, any word."""
        senses = self._senses(node.text)
        self.content_words += len(senses)
        nodes: list[Node] = []
        for sense in senses:
            plan = word_plan(part, sense)
            terms = self.words.setdefault(plan.text, {})
            terms.update(dict.fromkeys(exact_terms(sense)))
            exactly = exact_plan(part, sense)
            if node.edits is None or self._choices.correct is None:
                nodes.append(exactly)
                continue
            near, near_terms = self._choices.correct.near(part, plan.text, node.edits)
            terms.update(dict.fromkeys((*plan.terms, *near_terms)))
            nodes.append(best([plan.node, exactly, *near]))
        return self._matched(nodes, "all") if nodes else Nothing()


def fields_of(asked: tuple[Node, ...]) -> set[str]:
    """Name the fields that nodes look into."""
    fields: set[str] = set()
    waiting: list[Any] = list(asked)
    while waiting:
        node = waiting.pop()
        # By the names of slots, not by classes: a question has three hundred nodes, and this took 2 ms of it.
        slots = node.__slots__
        if "field" in slots:
            fields.add(node.field)
        elif "slots" in slots:
            fields.update(name for _, terms in node.slots for name, _ in terms)
        else:
            for name in slots:
                inner = getattr(node, name)
                if name in _ONE:
                    waiting.append(inner)
                elif name in _SOME:
                    waiting += inner
    return fields


_ONE = frozenset({"core", "excluded", "node"})
_SOME = frozenset({"extras", "nodes"})


def _similarity(name: str) -> tuple[float, float]:
    """Give ``(k1, b)`` of a field: those of its language."""
    spoken = language(name.rsplit("_", 1)[1])
    return spoken.k1, spoken.b


def _pieces(pattern: str) -> list[str]:
    """Split a pattern into its signs and the text between them."""
    pieces: list[str] = []
    for char in pattern:
        if char in "*?" or not pieces or pieces[-1] in "*?":
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces
