"""What do sound and spelling say of a Korean word, without a dictionary of words?

Particles by the sounds that they follow, forms of irregular predicates,
loanwords as the rules spell them.  Nothing here knows MeCab.
"""

from collections.abc import Callable
from functools import lru_cache

from searchkit.languages.datafiles import data_lines, data_rows

NIEUN, TIKEUT, RIEUL, BIEUP = 4, 7, 8, 17
"""Numbers of final consonants (ㄴ ㄷ ㄹ ㅂ) in a syllable; 0 is none."""
LONGEST_PARTICLE = 6  # syllables; without the bound a page typed without blanks takes quadratic time
LOST_L = frozenset(("이끄", "베푸", "부푸", "머무", "내모", "되파"))
TURNED_D = frozenset(("깨달", "일컬", "엿들", "실"))


def _final(char: str) -> int:
    """Number the final consonant of a syllable; -1 for no syllable."""
    return (ord(char) - 0xAC00) % 28 if "가" <= char <= "힣" else -1


# -- Particles ------------------------------------------------------------------

_FITS: dict[str, Callable[[int], bool]] = {
    "any": lambda final: final >= 0,
    "consonant": lambda final: final > 0,
    "vowel": lambda final: final == 0,
    "closed": lambda final: final > 0 and final != RIEUL,
    "liquid": lambda final: final in (0, RIEUL),
}


@lru_cache(maxsize=1)
def _particles() -> dict[str, str]:
    """Give the particles, alone and combined, with the sounds that they follow."""
    return {particle: after for particle, after in data_rows("korean_particles.tsv")}  # noqa: C416 -- dict() of lists of str is untyped


def particles() -> frozenset[str]:
    """Give all particles, alone and combined."""
    return frozenset(_particles())


def question_words() -> frozenset[str]:
    """Give the words with which one asks, in the forms in which one does."""
    return frozenset(data_lines("korean_question_words.txt"))


@lru_cache(maxsize=1 << 16)
def without_particle(word: str) -> str:
    """Take off the longest particle that may follow what is left, two syllables at least; then 들."""
    particles = _particles()
    for at in range(max(2, len(word) - LONGEST_PARTICLE), len(word)):
        after = particles.get(word[at:])
        if after and _FITS[after](_final(word[at - 1])):
            word = word[:at]
            break
    return word[:-1] if len(word) > 2 and word.endswith("들") else word  # noqa: PLR2004 -- 들 after two syllables


# -- Predicates -----------------------------------------------------------------


def dictionary_form(stem: str) -> str:
    """Add 다 to a stem, mended where MeCab cuts it otherwise before some endings.

    No stem but that of 만들다, 힘들다 and their like ends in 드 (만드/VV 는);
    깨달다 is no word; 이루어지/VV is 이루/VV 어/EC 지/VX in the past tense.
    """
    if stem.endswith("드") or stem in LOST_L:
        stem = stem[:-1] + chr(ord(stem[-1]) + RIEUL)
    elif stem in TURNED_D:
        stem = stem[:-1] + chr(ord(stem[-1]) - RIEUL + TIKEUT)
    elif len(stem) > 3 and stem.endswith(("어지", "아지")):  # noqa: PLR2004 -- 떨어지다 is a word of its own
        stem = stem[:-2]
    return stem + "다"


def irregular(word: str) -> tuple[str, ...]:
    """Give the predicates of which a word may be an irregular form that MeCab cuts as a regular one: 지어 is of 짓다."""
    return _irregular(_open(word[0])).get(word, ()) if word else ()


@lru_cache(maxsize=1 << 10)
def _irregular(start: str) -> dict[str, tuple[str, ...]]:
    """Give the irregular forms whose first syllable is this one without its final consonant, which is all that changes there."""
    forms: dict[str, dict[str, None]] = {}
    for stem, kind in _irregular_stems():
        if _open(stem[0]) == start:
            for form in _forms_of(stem, kind):
                forms.setdefault(form, {})[stem + "다"] = None
    return {form: tuple(words) for form, words in forms.items()}


@lru_cache(maxsize=1)
def _irregular_stems() -> list[list[str]]:
    return data_rows("korean_irregular.tsv")


def _open(char: str) -> str:
    """Take the final consonant off a syllable."""
    return chr(ord(char) - _final(char)) if _final(char) > 0 else char


_VOWEL_TAILS = ("", "서", "도", "야", "요", "라", "지는", "진", "졌다", "지고", "질")
_PAST_TAILS = ("다", "고", "으며", "지만", "는데", "던", "을", "습니다", "으나", "기", "음")
_OPEN_TAILS = (
    *("은", "을", "으며", "으면", "으니", "으니까", "으나", "으려", "으려고", "으러", "은데", "은지", "을수록", "을지"),
    *("음", "음을", "으므로", "으세요", "으십시오", "으시는", "읍시다"),
)
_BARE_TAILS = ("는", "는데", "는지", "니", "니까", "네", "시는", "시고", "신다", "세요", "십시오", "오")


def _forms_of(stem: str, kind: str) -> list[str]:
    """Give the forms in which the last consonant of a stem goes (ㅅ, ㄹ), turns into ㄹ (ㄷ) or 러 follows the stem."""
    head, last = stem[:-1], stem[-1]
    bare = chr(ord(last) - _final(last))
    if kind == "ㄹ":
        past = head + chr(ord(bare) + NIEUN)
        short = [] if len(stem) == 1 else [past, past + "다"]  # 산, 연 are nouns far more often
        return [*(head + bare + tail for tail in _BARE_TAILS), *short, head + chr(ord(bare) + BIEUP) + "니다"]
    if kind == "러":
        return [stem + ending + tail for ending, tails in (("러", _VOWEL_TAILS), ("렀", _PAST_TAILS)) for tail in tails]
    turned = head + (chr(ord(bare) + RIEUL) if kind == "ㄷ" else bare)
    vowel, past = ("아", "았") if (ord(bare) - 0xAC00) % 588 // 28 in (0, 8) else ("어", "었")  # after ㅏ and ㅗ, or not
    tails = (*(vowel + tail for tail in _VOWEL_TAILS), *(past + tail for tail in _PAST_TAILS), *_OPEN_TAILS)
    return [turned + tail for tail in tails]


# -- Loanwords ------------------------------------------------------------------

_GLIDES = str.maketrans("쟈져죠쥬챠쳐쵸츄", "자저조주차처초추")


@lru_cache(maxsize=1)
def _loans() -> dict[str, str]:
    """Give the standard spelling of loanwords and places by their common other ones."""
    return {written: standard for written, standard in data_rows("korean_loans.tsv")}  # noqa: C416 -- as in _particles


def standard_spelling(term: str) -> str:
    """Spell a noun as the loanword rules have it: 컨텐츠 콘텐츠, 쥬라기 주라기 (no glide after ㅈ and ㅊ)."""
    return _loans().get(term) or (term.translate(_GLIDES) if len(term) > 1 else term)
