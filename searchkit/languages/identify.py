"""Which language is a text, a paragraph, a query or a single word?

Script first, then the evidence of function words, letters and endings, in one
way for thirty-odd languages of Latin and fourteen of Cyrillic script: what is
not one of the house must be recognised as well, or it would be taken for one.
The guess depends on nothing but the text (and the caller's hint where the text
says too little), so that an updated index equals a new one.
"""

from collections import Counter
from functools import lru_cache

from searchkit.languages.datafiles import data_rows
from searchkit.languages.registry import LANGUAGES, Registry
from searchkit.text.patterns import lazy_pattern
from searchkit.text.scripts import HANGUL, script_of, script_of_char
from searchkit.text.words import SHORT_CHARS
from searchkit.typed import NamedTuple

KAZAKH_LETTERS = "\u04d9\u0493\u049b\u04a3\u04e9\u04b1\u04af\u04bb\u0456"  # ә ғ қ ң ө ұ ү һ і

SAMPLE_CHARS = 6000  # of a long text: three pieces of a third each; more changes nothing
FOREIGN_LETTER = 0.8  # what a word with a letter that the language lacks takes away
FOREIGN_NAME = 0.3  # the same for a capitalised word: names travel
ENDING = 0.35  # of a function word: -ion is English, French, Spanish
HOUSE_PRIOR = 0.3  # decides ties only
CONFIDENT_MARGIN = 1.0  # function words ahead of the second
CONFIDENT_SHARE = 0.08  # of the words must speak for the language: a list of foreign names says nothing
CONFIDENT_WORDS = 4  # "The End" is also a German cinema's heading
EVIDENT_WORDS = 8  # words without any evidence are enough to call a text another language
KNOWN_SHARE = 0.7  # of words in the Russian dictionary: Russian 98.9-99.8 % right, Kazakh stays under it

_WORD = lazy_pattern("[^\\W\\d_]+(?:['\u2019\u02bc\u02bb\u2018][^\\W\\d_]+)*")
_APOSTROPHES = str.maketrans("\u2019\u02bc\u02bb\u2018\u0060\u00b4", "''''''")
_APOSTROPHE_SIGNS = frozenset(map(chr, _APOSTROPHES))
_ROMAN_DIGITS = frozenset("IVXLCDM")
_ROMAN_NUMBER = lazy_pattern("\\b[IVXLCDM]+\\b")  # "№ 69-VI" makes no Latin text of a Russian law
# How much a letter weighs: a syllable block is two or three letters, and a text with Korean
# sentences is Korean, however many names of functions and firms stand in them.
_WEIGHTS = {"Hang": 4.0, "Hani": 2.5, "Kana": 2.5}
PARTICLE_LETTERS = 12.0  # with a particle go about two Latin words
MIXED_SCRIPT = 0.15  # of the Han characters
BORROWED_NAMES = 0.25  # of the Latin letters: "Что такое Engineering News-Record?" is a Russian question
LATIN_SENTENCE = 0.15  # of the Latin words are function words in any language's prose
_PARTICLE = lazy_pattern(f"[A-Za-z0-9)\\]][{HANGUL}]{{1,4}}(?![{HANGUL}])")  # only a Korean sentence inflects KAIST와


class Guess(NamedTuple):
    """The language of a text.

    Attributes:
        code: a code of the registry.
        confident: whether the text itself says so; if not, the code is the
            hint, or the best there is.
        script: ISO 15924 code of most of its letters, ``Zyyy`` without any.
    """

    code: str
    confident: bool
    script: str = "Zyyy"


class _Profile(NamedTuple):
    """What function_words.tsv says of a language."""

    code: str
    letters: frozenset[str]
    lacks: frozenset[str]


class _Evidence(NamedTuple):
    """The languages of one script, which of them each word and ending speaks for, and the letters that all have."""

    profiles: tuple[_Profile, ...]
    words: dict[str, tuple[int, ...]]
    endings: dict[str, tuple[int, ...]]
    longest: int
    everywhere: frozenset[str]


def identify(text: str, *, hint: str = "", registry: Registry = LANGUAGES) -> Guess:
    """Name the language of a document, a paragraph or a query of four words and more.

    Args:
        text: the text; of a long one three pieces are read.
        hint: the language it would be if it does not say itself: that of the
            document for a paragraph.
        registry: the languages that may be named; every other one is ``other``.

    Returns:
        The guess; for one to three words rarely confident, because names and
        headings are not evidence.
    """
    sample = sample_of(text)
    script = main_script(sample)
    if script == "Hang":
        return Guess("ko", confident=True, script=script)
    if script in ("Latn", "Cyrl"):
        code, confident = _by_words(sample, script, registry)
    elif script == "Arab":
        code, confident = ("kk", True) if _is_arabic_kazakh(sample) else ("other", True)
    else:
        code, confident = ("", False) if script == "Zyyy" else ("other", True)
    if not confident and hint and _may_be(hint, script):
        return Guess(hint, confident=False, script=script)
    return Guess(code or hint or "other", confident=confident, script=script)


def main_script(text: str) -> str:
    """Name the script that most of a text is written in; Hangul beside Han is Korean, kana Japanese."""
    if text.isascii():
        return "Latn" if _has_letter(text) else "Zyyy"
    if len(text) > SHORT_CHARS or not _ROMAN_DIGITS.isdisjoint(text):
        text = _ROMAN_NUMBER.sub("", text)
    counts = _by_script(text)
    weights = {script: count * _WEIGHTS.get(script, 1.0) for script, count in counts.items()}
    if counts["Hang"] and counts["Latn"]:
        weights["Hang"] += PARTICLE_LETTERS * len(_PARTICLE.findall(text))
    if counts["Hani"]:
        # A Korean text in mixed script may have more Hanja than Hangul, a Japanese one more Kanji than kana.
        nearer = "Hang" if counts["Hang"] >= counts["Kana"] else "Kana"
        if counts[nearer] >= MIXED_SCRIPT * counts["Hani"]:
            weights[nearer] += weights.pop("Hani")
    ranked = sorted(weights, key=lambda script: -weights[script])
    if ranked[:1] == ["Latn"] and ranked[1:] and weights[ranked[1]] >= BORROWED_NAMES * weights["Latn"]:
        return ranked[0] if _has_latin_sentences(text) else ranked[1]
    return ranked[0] if ranked else "Zyyy"


def _by_script(text: str) -> Counter[str]:
    """Count letters by script."""
    counts: Counter[str] = Counter()
    for char, count in Counter(text).items():
        counts[script_of_char(char)] += count
    del counts["Zyyy"]
    return counts


def letters_of(piece: str) -> Counter[str]:
    """Count the letters, by script, by which a piece of a text has a say in the text's script."""
    return _by_script(piece if _ROMAN_DIGITS.isdisjoint(piece) else _ROMAN_NUMBER.sub("", piece))


def _has_letter(text: str) -> bool:
    """Tell whether any letter stands in an ASCII text."""
    return text[:1].isalpha() or text.lower() != text.upper()


def tokens_of(text: str) -> list[str]:
    """Give the words of a text without its digits; of mere letters and blanks, as most queries are, without a pattern."""
    pieces = text.split() if len(text) <= SHORT_CHARS else []
    return pieces if pieces and all(map(str.isalpha, pieces)) else _WORD.findall(text)


def _has_latin_sentences(text: str) -> bool:
    """Tell whether the Latin words of a text are more than names: whether function words hold them together."""
    words = [word for word in tokens_of(text) if script_of(word) == "Latn"]
    known = evidence("Latn").words
    return sum(word in known for word in words) >= LATIN_SENTENCE * len(words)


def own_script(context: str, script: str = "") -> str:
    """Give the script whose words are a paragraph's own (see ``script_language``); "" where there is none."""
    return script or _OWN_SCRIPT.get(context, "")


def script_language(word: str, context: str, script: str = "") -> str:
    """Name the language that analyses one written word of a paragraph.

    A word in the paragraph's own script is the paragraph's; a word in another
    one goes to the analyser of that script (KAIST in a Korean text is English).

    Args:
        word: a written word, letter case kept.
        context: the language of its paragraph.
        script: the paragraph's main script as ``Guess.script`` has it; needed
            where ``context`` does not tell it (Kazakh in Latin letters, other
            languages).

    Returns:
        A code of the registry.
    """
    if word.isascii() and not word.isalpha() and not _has_letter(word):
        return context
    own, written = own_script(context, script), script_of(word)
    if written == own:
        return context
    return _script_language(
        written,
        context,
        own,
        kazakh=not word.isascii() and not _KAZAKH.isdisjoint(word),
        german=_is_evidently_german(word),
    )


_OWN_SCRIPT = {row.code: row.scripts[0] for row in LANGUAGES.rows if row.code != "other"}
_KAZAKH = frozenset(KAZAKH_LETTERS + KAZAKH_LETTERS.upper())
_GERMAN_LETTERS = frozenset("\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u00dc")
_GERMAN_ENDINGS = ("keit", "heit", "schaft")


@lru_cache(maxsize=1 << 10)
def _script_language(word_script: str, context: str, own_script: str, *, kazakh: bool, german: bool) -> str:
    """Decide by the facts of a word; there are few different ones."""
    at_home = word_script in ("Zyyy", own_script) or (word_script == "Hani" and context == "ko")
    untold = context == "other" and not own_script and word_script != "Hang"
    if at_home or untold:
        return context
    by_script = {"Hang": "ko", "Cyrl": "kk" if kazakh else "ru", "Latn": "de" if german else "en"}
    return by_script.get(word_script, "other")


def _is_evidently_german(word: str) -> bool:
    if not word.isascii():
        return len(word) > 2 and not _GERMAN_LETTERS.isdisjoint(word)  # noqa: PLR2004 -- "ö" alone is a Swedish island
    singular = word.removesuffix("en")
    stem = next((singular[: -len(ending)] for ending in _GERMAN_ENDINGS if singular.endswith(ending)), "")
    return len(stem) > 3 and stem.isalpha() and stem.istitle()  # noqa: PLR2004 -- three letters and -heit are a name


def _may_be(code: str, script: str) -> bool:
    """Tell whether a text in this script can be of that language at all."""
    return script == "Zyyy" or script in next((row.scripts for row in LANGUAGES.rows if row.code == code), ()) or code not in _OWN_SCRIPT


def sample_of(text: str) -> str:
    """Read a long text at its beginning, its middle and its end."""
    if len(text) <= SAMPLE_CHARS:
        return text
    third = SAMPLE_CHARS // 3
    middle = (len(text) - third) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


@lru_cache(maxsize=4)
def evidence(script: str) -> _Evidence:
    """Read the languages of a script from data/function_words.tsv."""
    rows = data_rows("function_words.tsv")
    profiles: list[_Profile] = []
    words: dict[str, list[int]] = {}
    endings: dict[str, list[int]] = {}
    for code, _, letters, lacks, ends, function_words in (row for row in rows if row[1] == script):
        at = len(profiles)
        profiles.append(_Profile(code, frozenset(letters), frozenset(lacks)))
        for word in function_words.split():
            words.setdefault(word, []).append(at)
        for ending in ends.split():
            endings.setdefault(ending, []).append(at)
    return _Evidence(
        tuple(profiles),
        {word: tuple(at) for word, at in words.items()},
        {ending: tuple(at) for ending, at in endings.items()},
        max(map(len, endings)),
        _USUAL[script].difference(*(profile.lacks for profile in profiles)),
    )


def _by_words(sample: str, script: str, registry: Registry) -> tuple[str, bool]:
    """Weigh the languages of a script against each other."""
    tokens = [token for token in tokens_of(sample) if script_of(token) == script]
    profiles = evidence(script).profiles
    scores = [HOUSE_PRIOR if profile.code in registry else 0.0 for profile in profiles]
    for token in tokens:
        for at, vote in votes(token, script):
            scores[at] += vote
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    best, second = order[0], next(at for at in order[1:] if profiles[at].code != profiles[order[0]].code)
    code = profiles[best].code
    share = scores[best] / max(1, len(tokens))
    ahead = scores[best] - scores[second]
    confident = ahead >= CONFIDENT_MARGIN and share >= CONFIDENT_SHARE
    if code not in registry:
        house = max(scores[at] for at in order if profiles[at].code in registry)
        confident = scores[best] - house >= CONFIDENT_MARGIN and share >= CONFIDENT_SHARE
        code = "other"
    if script == "Cyrl" and not confident:
        others = [scores[at] for at in order if profiles[at].code not in registry]
        kazakh = max(scores[at] for at in order if profiles[at].code == "kk")
        return _doubtful_cyrillic(tokens, neighbours_ahead=max(others) - kazakh), False
    if not confident and len(tokens) >= EVIDENT_WORDS and share < CONFIDENT_SHARE:
        return "other", False
    return code, confident and len(tokens) >= CONFIDENT_WORDS


@lru_cache(maxsize=1 << 15)
def votes(token: str, script: str) -> tuple[tuple[int, float], ...]:
    """Give what one word says: ``(language, vote)``, languages by their place among those of the script."""
    return votes_of(grounds(token, script))


Grounds = tuple[tuple[int, ...], float, tuple[int, ...], float]
"""Languages that a word speaks for and how much for each, those it speaks against and how much."""


def grounds(token: str, script: str) -> Grounds:
    """Give what a word's votes rest on; few words differ in that."""
    facts = evidence(script)
    lower = token.casefold()
    if not (lower.isascii() and lower.isalpha()) and not _APOSTROPHE_SIGNS.isdisjoint(lower):
        lower = lower.translate(_APOSTROPHES)
    against = foreign_profiles(frozenset(lower) - facts.everywhere, script)
    cost = (FOREIGN_NAME if token[0].isupper() else FOREIGN_LETTER) if against else 0.0
    known = facts.words.get(lower)
    if known:
        return known, 1.0, against, cost
    endings = facts.endings
    found: tuple[int, ...] = ()
    for size in range(2, min(facts.longest, len(lower) - 2) + 1):
        found += endings.get(lower[-size:], ())
    return tuple(dict.fromkeys(found)) if found else found, ENDING, against, cost


def votes_of(why: Grounds) -> tuple[tuple[int, float], ...]:
    """Give the votes that rest on some grounds."""
    known, vote, against, cost = why
    return (*((at, vote) for at in known), *((at, -cost) for at in against))


@lru_cache(maxsize=1 << 14)
def foreign_profiles(letters: frozenset[str], script: str) -> tuple[int, ...]:
    """Give the languages that do not have one of these letters."""
    special = letters - _USUAL[script]
    profiles = enumerate(evidence(script).profiles)
    return tuple(at for at, profile in profiles if special - profile.letters or not profile.lacks.isdisjoint(letters))


_USUAL = {
    "Latn": frozenset("abcdefghijklmnopqrstuvwxyz'"),
    "Cyrl": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё'"),
}


def _doubtful_cyrillic(tokens: list[str], *, neighbours_ahead: float) -> str:
    """Decide a Cyrillic text without telling words: by the Russian dictionary, then by letters.

    Capitalised words are names and judge only where there is nothing else.
    """
    from searchkit.languages._cyrillic import is_russian_word

    words = {token for token in tokens if token.islower() and len(token) > 2}  # noqa: PLR2004 -- те, да, ба are words of both
    words = words if len(words) > 2 else {token.lower() for token in tokens}  # noqa: PLR2004 -- one or two may be an accident
    if sum(map(is_russian_word, words)) >= KNOWN_SHARE * len(words):
        return "ru"
    text = " ".join(sorted(words))
    if not _NO_KAZAKH.isdisjoint(text) or ("ъ" in text and _BULGARIAN.search(text)):
        return "other"
    if _is_kazakh_alone(text):
        return "kk"
    return "other" if neighbours_ahead > HOUSE_PRIOR or any(vowel in text for vowel in _LONG_VOWELS) else "kk"


def _is_kazakh_alone(text: str) -> bool:
    """Tell whether a text has letters of Kazakh alone: ғ, қ, ұ; or і, which is Ukrainian, beside those of Tatar and Kyrgyz."""
    return not _KAZAKH_ALONE.isdisjoint(text) or ("і" in text and not _BESIDE_I.isdisjoint(text))


# Letters of Ukrainian, Belarusian, Serbian, Macedonian, Tajik, Tatar, Bashkir and Uzbek that neither
# Kazakh nor Russian has; a hard sign before a consonant is Bulgarian.
_NO_KAZAKH = frozenset("їєґўђјљњћџѓќѕҷҳӣӯҗҙҡҫҝҹ")
_BULGARIAN = lazy_pattern("ъ[^еёюяі\\W]")
# ә ң ө ү һ are Tatar's too, ң ө ү Kyrgyz', і Ukrainian's, but і beside one of them is Kazakh alone.
_KAZAKH_ALONE, _BESIDE_I = frozenset("ғқұ"), frozenset("әңөүһ")
_LONG_VOWELS = ("өө", "үү", "оо", "ээ")  # Kyrgyz and Mongolian write them, Kazakh has none


_NO_ARABIC_KAZAKH = frozenset("\u06d0\u06ce\u06c8\u0695\u06b5")


def _is_arabic_kazakh(sample: str) -> bool:
    """Tell Kazakh in Arabic letters from its neighbours: it has ە, and none of the letters of Uyghur or Kurdish."""
    return sample.count("\u06d5") >= 0.02 * len(sample) and _NO_ARABIC_KAZAKH.isdisjoint(sample)
