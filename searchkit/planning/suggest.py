"""Which words does an index know, as spelling sees them?

Makes of a ``Lexicon`` the ``Vocabulary`` that ``spelling`` asks for, prepared
once for many queries, and of its corrections those worth searching for.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import filterfalse

from searchkit.analysis import field
from searchkit.cachefolder import ForAllRuns
from searchkit.engine.contract import Lexicon
from searchkit.languages.base import Analysis
from searchkit.languages.registry import CODES, language, scripts_of
from searchkit.text.normalize import term_forms
from searchkit.text.scripts import script_of
from searchkit.typed import TYPE_CHECKING

if TYPE_CHECKING:  # known words, which most are, need none of it: seven modules, a fifth of an empty interpreter
    from searchkit.planning.edits import Candidates
    from searchkit.planning.spelling import Correction

WORTH = 0.2  # of the best correction's score; below, a second meaning costs more precision than it gains
HELD_WORDS = 1 << 14  # of which it is remembered whether they are known
ONE_MORPHEME = 3  # syllables; a longer Korean morpheme that no index has was not known to the analyser either
_POSSESSIVE = "'s"
SUGGESTED_CHARS = 40  # nobody mistypes a longer word; what is longer is base64


class Suggester:
    """Suggests words of one state of an index."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, bool] = {}
        self._candidates: dict[str, Candidates] = {}
        # "auto" plans a query twice, for all words and for any; each look-up goes through a whole lexicon.
        self._corrections = lru_cache(maxsize=1 << 10)(self._looked_up)

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        present = {name.rsplit("_", 1)[1] for name in self._lexicon.fields()}
        return tuple(code for code in CODES if code in present)

    @property
    def has_looked_up(self) -> bool:
        """Tell whether the words of any language had to be loaded."""
        return bool(self._candidates)

    def languages(self, script: str) -> Sequence[str]:
        """Name the languages of the index that are first of all written in a script; ``other`` is written in any."""
        return [code for code in self._codes if code == "other" or script == scripts_of(code)[0]]

    def frequency(self, code: str, word: str) -> int:
        """Count the documents that hold a form, in their text or title."""
        return max(self._lexicon.frequency(field(part, "word", code), word) for part in ("body", "title"))

    def documents(self, code: str) -> int:
        """Count the documents with text in a language."""
        return self._lexicon.documents(field("body", "word", code))

    def candidates(self, code: str) -> "Candidates":
        """Give the surface forms and lemmas of a language with their document frequencies."""
        if code not in self._candidates:
            from searchkit.planning import keptwords
            from searchkit.planning.edits import Candidates

            state = self._lexicon.state
            kept = keptwords.read(state, code)
            if kept:
                self._candidates[code] = Candidates.of(kept)
                return self._candidates[code]
            with ForAllRuns():
                found = Candidates(self._terms(code))
                if len(found) >= keptwords.WORTH_KEEPING:
                    prepared = found.prepared()
                    keptwords.keep(state, code, prepared)
                    found = Candidates.of(prepared)
            self._candidates[code] = found
        return self._candidates[code]

    def _terms(self, code: str) -> dict[str, int]:
        """Give them; by the hundred thousand at once, for a first unknown word waits for it."""
        found = dict(self._lexicon.terms(field("body", "word", code)))
        for term, frequency in self._lexicon.terms(field("title", "word", code)):
            if frequency > found.get(term, 0):
                found[term] = frequency
        if max(map(len, found), default=0) > SUGGESTED_CHARS:
            found = {term: frequency for term, frequency in found.items() if len(term) <= SUGGESTED_CHARS}
        if f"{_POSSESSIVE}\n" in "\n".join((*found, "")):
            for term in [term for term in found if term.endswith(_POSSESSIVE)]:  # a text may have Tokayev's alone
                owner = term.removesuffix(_POSSESSIVE)
                found[owner] = max(found[term], found.get(owner, 0))
        # A lemma that is there as a term needs no thought: it is its own form.
        lemmas = list(filterfalse(found.__contains__, self._lexicon.lemmas(code)))
        for lemma in term_forms([lemma for lemma in lemmas if len(lemma) <= SUGGESTED_CHARS]):
            found.setdefault(lemma, 1)
        return found

    def knows(self, word: str) -> bool:
        """Tell whether a word, itself or by its lemma, is known in any language."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= HELD_WORDS:
                self._known.clear()
            # Those of its own script first: most words are known there, and no other language has to be loaded.
            codes = dict.fromkeys((*self.languages(script_of(word)), *self._codes))
            known = any(self.frequency(code, word) for code in codes) or any(
                self.knows_lemma(code, language(code).query(word)) for code in codes
            )
            self._known[word] = known
        return known

    def knows_lemma(self, code: str, analysis: Analysis) -> bool:
        """Tell whether an indexed form has a word's lemma.

        Korean: the whole word without its endings, or every morpheme it is made of, of two syllables and
        more.  Any of its morphemes would be too little (재앙 in 인재앙성, a slip for 인재양성: of typing errors
        one in ten was known so) and only the whole too much (전산설비, where the index has 전산 and 설비).
        """
        if not language(code).contextual:
            return any(self._lexicon.knows(code, lemma) for lemma in analysis.lemmas)
        if any(self._lexicon.knows(code, lemma) for lemma in analysis.lemmas[:1]):
            return True
        terms = [term for term, _ in analysis.readings[0].terms]
        return min(map(len, terms)) > 1 and all(self._lexicon.knows(code, term) for term in terms)

    def is_word(self, code: str, word: str) -> bool:
        """Tell whether a dictionary has a word.

        A language gives a lemma where it knows one.  Korean gives one for anything: there a word is
        made of ordinary syllables and falls into morphemes of two and more of them (협럭 into 협 and 럭),
        which the index has, or into a single one that is not too long to be a guess (특허권은).
        """
        analysis = language(code).query(word)
        if not language(code).contextual:
            return bool(analysis.lemmas)
        from searchkit.text.hangul import is_common

        terms = [term for term, _ in analysis.readings[0].terms]
        if min(map(len, terms)) == 1 or not all(map(is_common, terms)):
            return False
        return (len(terms) == 1 and len(terms[0]) <= ONE_MORPHEME) or all(self._lexicon.knows(code, term) for term in terms)

    def stems(self, code: str, word: str) -> list[str]:
        """Give what a language takes for an unknown word without its endings: a lemma, or stems of one piece."""
        analysis = language(code).query(word)
        return [*analysis.lemmas[:1], *(reading.terms[0][0] for reading in analysis.readings if len(reading.terms) == 1)]

    def corrections(self, word: str, *, typed: str = "", edits: int | None = None) -> "list[Correction]":
        """Say what an unknown word may have meant, best first, at most five; not to be changed."""
        return self._corrections(word, typed, edits)

    def _looked_up(self, word: str, typed: str, edits: int | None) -> "list[Correction]":
        from searchkit.planning.spelling import corrections

        return corrections(word, self, typed=typed, edits=edits)

    @staticmethod
    def worth(found: "list[Correction]") -> "list[Correction]":
        """Choose the corrections that are searched for as well."""
        likely = [each for each in found if each.likely]
        return [each for each in likely if each.score >= WORTH * likely[0].score]

    def near(self, word: str, edits: int) -> list[tuple[str, str, int]]:
        """Find all forms at most so many edits away, for ``word~1``.

        Args:
            word: ``text.normalize.term_form``.
            edits: optimal string alignment, of what is compared (keystrokes,
                folded letters) or of the letters themselves, whichever is less;
                0 for a bare ``~``: as many as the word's length allows, one at least.

        Returns:
            ``(language code, form, distance)``.
        """
        from searchkit.planning.edits import max_edits, near_forms

        edits = edits or max(max_edits(word), 1)
        found: list[tuple[str, str, int]] = []
        for code in self._codes:
            # No candidates: to prepare those of six languages for one look-up took three times as long, and 200 MB more for 800,000 words.
            forms = dict(self._lexicon.terms(field("body", "word", code)))
            forms.update(self._lexicon.terms(field("title", "word", code)))
            found += [(code, form, distance) for form, distance in sorted(near_forms(word, forms, edits).items())]
        return found
