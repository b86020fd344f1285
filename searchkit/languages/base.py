"""What does every language owe its callers?

A language turns a written word into an ``Analysis``: its terms, channel by
channel.  It opens no file of the user's, knows no index and no query syntax.
Everything that differs between languages is data here (weights, ``k1``,
``b``, edit limits), so that no caller asks which language it has.
"""

from searchkit.typed import NamedTuple, Protocol


class Reading(NamedTuple):
    """One way to understand a word: terms that are looked for together.

    Attributes:
        terms: ``(term, inner)``; ``inner`` is the position inside the word,
            0 for the first: morphemes of one word follow each other
            (과학 0, 기술 1), while the parts of a German compound all stand
            at 0, beside the whole.
        weight: of this reading in a query, from 0 to 1; the first reading
            has 1.  An index ignores it.
    """

    terms: tuple[tuple[str, int], ...]
    weight: float = 1.0


class Analysis(NamedTuple):
    """What a language knows of one written word.

    Attributes:
        words: ``word`` channel: ``(term, inner)``; the whole as written
            (``text.normalize.term_form``) first, then the parts of a hyphenated word.
        readings: ``stem`` channel: alternatives, best first, never empty
            and never without a term.  A document is indexed under the terms of all.
        grams: ``gram`` channel: pieces inside the word; for ranking only.
        folds: ``fold`` channel: lighter, spelling-free keys, best first; only
            those that differ from what ``readings`` hold already.
        lemmas: dictionary forms, uncut, as a person would type them: by these
            (and by ``words``) a word is known or unknown, and from these
            spelling suggestions are made.  Empty where only a guess would do.
        word_width, stem_width: how many positions the word takes up in the
            channel: 1 + the largest ``inner``.
    """

    words: tuple[tuple[str, int], ...]
    readings: tuple[Reading, ...]
    grams: tuple[str, ...] = ()
    folds: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    word_width: int = 1
    stem_width: int = 1


class Weights(NamedTuple):
    """How much each channel and kind of alternative counts in a query of this language.

    Attributes:
        word: bonus for the very form of the query, added to its stem's score.
        gram: of each gram, added.
        fold: of a fold term as an alternative to the readings.
        fuzzy: of a corrected word (times its similarity).
        phrase: bonus for two words of the query that stand side by side.
        near: bonus for two such words that stand near each other, in any order.
    """

    word: float = 0.1
    gram: float = 0.0
    fold: float = 0.7
    fuzzy: float = 0.5
    phrase: float = 0.1
    near: float = 0.0


class Language(Protocol):
    """One language: a module with one class that keeps to this, and a row in the registry.

    Attributes:
        code: ISO 639-1, or ``other``.
        name: in English.
        scripts: ISO 15924 codes of the scripts it is written in; the first is its own.
        version: goes up with every change of what ``analyze`` gives; an index
            remembers it.
        k1, b: of BM25.
        weights: of the channels.
        contextual: whether an analysis depends on the sentence; if not,
            ``analyze_sentence`` is ``analyze`` of each word.
        stop_words: forms (``term_form``) that carry no content in a query.
            Never dropped from an index.
    """

    code: str
    name: str
    scripts: tuple[str, ...]
    version: int
    k1: float
    b: float
    weights: Weights
    contextual: bool
    stop_words: frozenset[str]

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word (as ``text.words`` cuts it, letter case kept)."""

    def analyze_sentence(self, sentence: str, spans: list[tuple[int, int]]) -> list[Analysis]:
        """Analyse the words of a sentence, each in its context.

        Args:
            sentence: the text of the sentence, NFC.
            spans: of those written words in it that are this language's to
                analyse, in order.

        Returns:
            An analysis for each span.
        """

    def query(self, word: str) -> Analysis:
        """Analyse a word of a query: as ``analyze``, but tolerant of what people type.

        German tries both letter cases here, Kazakh a Latin spelling; most
        languages just return ``analyze(word)``.
        """


class Contextual(Language, Protocol):
    """A language whose words mean what their sentence says.

    ``analyze_sentence`` in two steps: the first takes the sentence, the second
    is the same for the same word and context, so that it is taken once.
    """

    def contexts(self, sentence: str, spans: list[tuple[int, int]]) -> list[str]:
        """Say, for each span, all that its analysis depends on beside the word: a line without tabs."""

    def in_context(self, word: str, context: str) -> Analysis:
        """Analyse one written word."""


class WordByWord:
    """What the languages have in common whose words mean the same in any sentence; each adds the rest."""

    contextual = False

    def analyze(self, word: str) -> Analysis:
        """Analyse one written word."""
        raise NotImplementedError

    def analyze_sentence(self, sentence: str, spans: list[tuple[int, int]]) -> list[Analysis]:
        """Analyse words; their sentence changes nothing."""
        return [self.analyze(sentence[start:end]) for start, end in spans]
