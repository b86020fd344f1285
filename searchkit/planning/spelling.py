"""What did somebody mean who wrote a word that no index knows?

Five answers, on one scale: a known word a slip of the fingers away
(``edits``), the same keys under another layout (``keyboards``), two words
written as one, the word of these initial consonants (ㄱㅎㄱㅅ), and, for words
side by side, one word written as two (``joined``).  Whether a word is unknown,
and what is done with a suggestion, is the caller's.
"""

import math
from collections.abc import Iterator, Sequence

from searchkit.planning.compared import is_hangul
from searchkit.planning.edits import Candidates, Suggestion, closest, weighed
from searchkit.planning.keyboards import layouts
from searchkit.planning.limits import CORRECTED_CHARS, SUGGESTIONS
from searchkit.planning.plausible import is_slip
from searchkit.text.hangul import initials, is_initials, keystrokes
from searchkit.text.normalize import term_form
from searchkit.text.scripts import script_of
from searchkit.text.words import WORD
from searchkit.typed import NamedTuple, Protocol

MIN_INITIALS = 3  # ㄱㅎ stands for a hundred words
LAYOUT_COST = 2.5  # nats, as in ``slips``: rarer than a slip, but who hits a known word so did not do it by chance
SPLIT_COST = 3.0  # a forgotten blank
CAPITAL_COST = 0.5  # of the same where a capital inside the word shows the place: zweiWörter
PART_CHARS = 2  # of a part, at least; one syllable of Hangul
PART_FREQUENCY = 2  # documents that hold a part, at least: reiz end, tan zte are accidents ...
SURE_PART_CHARS = 6  # ... but two parts so long are none: artificialintelligence
SHORT_PART_CHARS = 3  # up to so many letters, a part is an accident unless it is everywhere, as im and der are
SHORT_PART_SHARE = 0.02  # of the documents; ко and un are rarer, and every pair of letters is some word
WORD_COST = 1.0  # of what a dictionary has only a forgotten mark (schon, schön) is likely: Vortrag is no mistyped Vertrag
LONG_WORD_COST = 1.2  # of a long one half of a doubled letter, too: dictionaries have Kommision and comitee (but desert, dessert)
LONG_CHARS = 8
COGNATE_COST = 7.6  # two letters that sound alike: a word of one language spelt by another (Kasachstan, Kazakhstan; Direktor, director)
COGNATE_CHARS = 8  # shorter words of two languages are alike by chance (Rate, rote)
STEM_COST = 3.0  # beside an ending that was guessed only the most ordinary slips are likely
ENDING_COST = 1.0  # nats: of looking for a word without its endings
STEM_CHARS = 5
STEM_SYLLABLES = 2
ENDING_CHARS = 4  # a stem that is shorter by more was cut, or is another word
WHOLE_INITIALS = 3.0  # how much more a word of just these initials counts than one that goes on (과학기술을)
SIMILAR = 0.9  # of suggestions that are no edit
LIKELY_COST = 6.0  # any one slip, or two of the lighter ones; кооперация is no mistyped операция
SHORT_CHARS = 5  # up to so many letters another letter altogether makes another word (Kiel, Kies) ...
SHORT_COST = 3.6  # ... so that only the ordinary slips are likely; another vowel is none (білік, бөлік)
LIKELY_SHARE = 0.05  # of the best score: beside zusammenarbeit for zusamenarbeit nothing else is likely


class Vocabulary(Protocol):
    """The words that an index knows: what a caller makes of its lexicon."""

    def languages(self, script: str) -> Sequence[str]:
        """Name the languages to suggest words of that are written in a script (ISO 15924)."""

    def candidates(self, language: str) -> Candidates:
        """Give the surface forms and lemmas of a language with their document frequencies; the same object each time."""

    def frequency(self, language: str, word: str) -> int:
        """Count the documents that hold a surface form (``term_form``) of a language."""

    def documents(self, language: str) -> int:
        """Count the documents with text in a language."""

    def knows(self, word: str) -> bool:
        """Tell whether a word (``term_form``), itself or by its lemma, is known in any language."""

    def is_word(self, language: str, word: str) -> bool:
        """Tell whether a dictionary of the language has a word, be it in the index or not."""

    def stems(self, language: str, word: str) -> Sequence[str]:
        """Give what a language takes for an unknown word without its endings; uncut, empty where it sees none."""


class Correction(NamedTuple):
    """A suggestion for a word.

    Attributes:
        text: what was meant; two words with a blank between them for ``split``.
        language: whose word it is.
        kind: ``edits``, ``layout``, ``split`` or ``initials``.
        score: for ranking the corrections of one word.
        similarity: from 0 to 1.
        likely: good enough to be searched for without being asked; the others
            are good enough to be shown.
    """

    text: str
    language: str
    kind: str
    score: float
    similarity: float
    likely: bool = True
    cost: float = 0.0


def corrections(word: str, vocabulary: Vocabulary, *, typed: str = "", edits: int | None = None) -> list[Correction]:
    """Say what an unknown word may have meant.

    Args:
        word: a written word; its case helps to split it (``zweiWörter``).
        vocabulary: what the index knows.
        typed: the whole piece between two blanks that the word was cut from:
            under another layout its signs are letters (``;bpym`` is жизнь).
        edits: of ``word~2``; by the length of the word where None.

    Returns:
        At most five, best first, each text once; none for what is no word.
    """
    form = term_form(word)
    if not form or len(word) > CORRECTED_CHARS or not any(map(str.isalpha, word)):
        return []
    found = _by_layout(typed or word, vocabulary)
    if is_initials(word):
        found += _by_initials(initials(word), vocabulary)
    else:
        found += _by_edits(form, vocabulary, edits) + _split(word, vocabulary)
    best: dict[str, Correction] = {}
    for each in sorted(found, key=lambda each: (-each.score, each.text)):
        if each.text != form:
            best.setdefault(each.text.casefold(), each)  # a lemma has capitals, a form has none
    ranked = list(best.values())[:SUGGESTIONS]
    return [each._replace(likely=each.likely and each.score >= ranked[0].score * LIKELY_SHARE) for each in ranked]


def suggest(word: str, vocabulary: Vocabulary, *, typed: str = "") -> list[str]:
    """Give the texts of ``corrections``, best first."""
    return [each.text for each in corrections(word, vocabulary, typed=typed)]


def retyped(piece: str, vocabulary: Vocabulary) -> Correction | None:
    """Read a whole piece under another layout where its signs are letters there: ``rfpf[cnfy`` is Казахстан.

    Cut into words it is nothing: the sign parts ``rfpf`` from ``cnfy``.  None for
    a piece without a sign (its word is corrected like any other), for one
    whose words the index knows, and where no reading is a known word.
    """
    if piece.isalnum() or len(piece) > CORRECTED_CHARS or any(map(vocabulary.knows, map(term_form, WORD.findall(piece)))):
        return None
    return max(_by_layout(piece, vocabulary), key=lambda each: each.score, default=None)


def joined(left: str, right: str, vocabulary: Vocabulary) -> str | None:
    """Join two words side by side that are a known word together while one of them is unknown alone.

    ``Zusammen arbeit`` stays as it is, both being words; ``Zusam menarbeit`` is joined.
    """
    together = term_form(left + right)
    # Most words are known, and what two of them would be together is then nobody's question.
    if len(together) > CORRECTED_CHARS or (vocabulary.knows(term_form(left)) and vocabulary.knows(term_form(right))):
        return None
    return together if vocabulary.knows(together) else None


def _by_edits(form: str, vocabulary: Vocabulary, edits: int | None) -> list[Correction]:
    """Find known words near a word, or near what is left of it without its endings.

    The index may hold 과학기술을 alone, and the lemma 과학기술: no form is near 과학기슬에서는.
    """
    found: list[Correction] = []
    codes = vocabulary.languages(script_of(form))
    owners = {code for code in codes if vocabulary.is_word(code, form)}
    for code in codes:
        tried = {form: 0.0}
        for stem in map(term_form, vocabulary.stems(code, form)):
            if len(stem) >= (STEM_SYLLABLES if is_hangul(stem) else max(STEM_CHARS, len(form) - ENDING_CHARS)):
                tried.setdefault(stem, ENDING_COST)
        for spelling in _with_umlauts(form):
            tried.setdefault(spelling, ENDING_COST)
        for word, cost in tried.items():
            known = LONG_WORD_COST if len(word) >= LONG_CHARS else WORD_COST
            most = known if owners else STEM_COST if cost else SHORT_COST if len(keystrokes(word)) <= SHORT_CHARS else LIKELY_COST
            for near in closest(word, vocabulary.candidates(code), edits=edits, limit=SUGGESTIONS):
                score = near.score * math.exp(-cost)
                likely = near.cost <= most and _is_slip(form, near.word, near.cost, vocabulary)
                likely = likely or (bool(owners) and code not in owners and _is_cognate(word, near))
                found.append(Correction(near.word, code, "edits", score, near.similarity, likely, near.cost + cost))
    return found


def _is_slip(form: str, meant: str, cost: float, vocabulary: Vocabulary) -> bool:
    """Tell whether no language of its script would have a word so spelt: in Kazakh, a Russian word looks like a slip."""
    return all(is_slip(form, meant, cost, vocabulary.candidates(code)) for code in vocabulary.languages(script_of(form)))


def _with_umlauts(form: str) -> Iterator[str]:
    """Give a word typed without umlauts as it is spelt with them: beside unversitaet, universität lies two slips away."""
    spelt = form.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    if spelt != form:
        yield spelt


def _is_cognate(word: str, near: Suggestion) -> bool:
    """Tell whether a word of another language is this one in that language's spelling."""
    return len(word) == len(near.word) >= COGNATE_CHARS and near.cost <= COGNATE_COST


def _by_layout(typed: str, vocabulary: Vocabulary) -> list[Correction]:
    """Find readings under other layouts that are known words."""
    found: list[Correction] = []
    for reading, _ in layouts(typed):
        form = term_form(reading)
        codes = vocabulary.languages(script_of(form))
        if codes and vocabulary.knows(form):
            frequency, code = max((vocabulary.frequency(code, form), code) for code in codes)
            found.append(Correction(form, code, "layout", weighed(LAYOUT_COST, frequency), SIMILAR))
    return found


def _split(word: str, vocabulary: Vocabulary) -> list[Correction]:
    """Find two known words of one language that a forgotten blank made one."""
    shortest, short = (1, 1) if is_hangul(word) else (PART_CHARS, SHORT_PART_CHARS)
    found: list[Correction] = []
    codes = vocabulary.languages(script_of(word))
    # Derzeit is no forgotten blank; that Korean takes 대화방 for a word of its own is no objection to 대화 방.
    is_word = not is_hangul(word) and any(vocabulary.is_word(code, term_form(word)) for code in codes)
    for code in codes:
        for at in range(shortest, len(word) - shortest + 1):
            left, right = term_form(word[:at]), term_form(word[at:])
            frequency = vocabulary.frequency(code, left)
            frequency = min(frequency, vocabulary.frequency(code, right)) if frequency else 0
            is_short = min(len(left), len(right)) <= short
            is_capital = word[at].isupper() and word[at - 1].islower()
            surely = is_capital or min(len(left), len(right)) >= SURE_PART_CHARS
            least = 1 if surely and not is_short else PART_FREQUENCY
            if frequency < max(least, SHORT_PART_SHARE * vocabulary.documents(code) if is_short else 0):
                continue
            cost = CAPITAL_COST if is_capital else SPLIT_COST
            meant = f"{left} {right}"
            likely = is_capital or not (is_word or not _is_slip(term_form(word), meant, cost, vocabulary))
            found.append(Correction(meant, code, "split", weighed(cost, frequency), SIMILAR, likely))
    return found


def _by_initials(letters: str, vocabulary: Vocabulary) -> list[Correction]:
    """Find the words whose syllables begin with these consonants; of longer words the part that does."""
    if len(letters) < MIN_INITIALS:
        return []
    found: list[Correction] = []
    for code in vocabulary.languages("Hang"):
        candidates = vocabulary.candidates(code)
        weights: dict[str, float] = {}
        for word in candidates.by_initials(letters):
            part = word[: len(letters)]
            whole = WHOLE_INITIALS if part == word else 1.0
            weights[part] = weights.get(part, 0.0) + whole * candidates.frequency(word)
        found.extend(Correction(part, code, "initials", weight, SIMILAR) for part, weight in weights.items())
    return found
