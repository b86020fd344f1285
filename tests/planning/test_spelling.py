"""What somebody meant who wrote an unknown word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.planning.edits import Candidates
from searchkit.planning.spelling import Correction, corrections, joined, retyped, suggest

TERMS = {
    "de": {
        "zusammenarbeit": 40,
        "zwei": 60,
        "wörter": 9,
        "der": 99,
        "bundestag": 30,
        "un": 1,
        "bekannt": 20,
        "hello": 1,
        "im": 80,
        "haus": 20,
    },
    "en": {"science": 50, "and": 95, "cooperation": 30, "the": 99},
    "ko": {
        "과학기술": 30,
        "과학기술을": 10,
        "국회의사당": 3,
        "대한민국": 40,
        "대한민국의": 30,
        "협력": 50,
        "한국": 60,
        "과학": 70,
        "안녕": 4,
    },
    "ru": {"привет": 3, "жизнь": 9, "операция": 20, "корпорация": 9, "ко": 1},
    "kk": {"қазақстан": 80, "ғылым": 60},
}
SCRIPTS = {"Latn": ["de", "en"], "Hang": ["ko"], "Cyrl": ["kk", "ru"]}


class Words:
    """A vocabulary in memory."""

    def __init__(self) -> None:
        self._candidates = {code: Candidates(terms) for code, terms in TERMS.items()}

    def languages(self, script: str) -> list[str]:
        """Name the languages of a script."""
        return SCRIPTS.get(script, [])

    def candidates(self, language: str) -> Candidates:
        """Give the words of a language."""
        return self._candidates[language]

    def frequency(self, language: str, word: str) -> int:
        """Count documents."""
        return TERMS[language].get(word, 0)

    def documents(self, language: str) -> int:
        """Count documents: a hundred in every language."""
        return 100 if language in TERMS else 0

    def knows(self, word: str) -> bool:
        """Tell whether any language has the word."""
        return any(word in terms for terms in TERMS.values())

    def is_word(self, language: str, word: str) -> bool:
        """Tell whether a dictionary has a word."""
        return (language, word) in {("de", "bundestage"), ("ko", "협략")}

    def stems(self, language: str, word: str) -> list[str]:
        """Take off the endings of one word."""
        return {("ko", "과학기슬에서는"): ["과학기슬", "기슬"], ("de", "bundestgaes"): ["bundestga"], ("en", "hellojungs"): ["hella"]}.get(
            (language, word), []
        )


VOCABULARY = Words()


@pytest.mark.parametrize(
    ("word", "meant", "kind"),
    [
        ("Zusamenarbeit", "zusammenarbeit", "edits"),
        ("cooperaton", "cooperation", "edits"),
        ("казакстан", "қазақстан", "edits"),
        ("협릭", "협력", "edits"),
        ("과학기슬에서는", "과학기술", "edits"),
        ("Bundestgaes", "bundestag", "edits"),
        ("dkssud", "안녕", "layout"),
        ("rhkgkrrltnf", "과학기술", "layout"),
        ("ghbdtn", "привет", "layout"),
        ("руддщ", "hello", "layout"),
        ("ㅗ디ㅣㅐ", "hello", "layout"),
        ("5ылым", "ғылым", "layout"),
        ("zweiWörter", "zwei wörter", "split"),
        ("derBundestag", "der bundestag", "split"),
        ("imHaus", "im haus", "split"),
        ("scienceand", "science and", "split"),
        ("ㄱㅎㄱㅅ", "과학기술", "initials"),
        ("ㄷㅎㅁㄱ", "대한민국", "initials"),
    ],
)
def test_the_best_correction(word: str, meant: str, kind: str) -> None:
    """A slip, another layout, a forgotten blank, initial consonants."""
    best = corrections(word, VOCABULARY)[0]

    assert (best.text, best.kind, best.likely) == (meant, kind, True)


def test_signs_are_letters_under_another_layout() -> None:
    """The written word ``bpym`` is not enough: its semicolon was ж."""
    assert suggest("bpym", VOCABULARY) == []
    assert suggest("bpym", VOCABULARY, typed=";bpym") == ["жизнь"]


@pytest.mark.parametrize(
    ("piece", "meant"),
    [
        (";bpym", "жизнь"),
        (";bpym!", "жизнь"),
        ("rjhgjhfwbz", None),
        ("the,", None),
        ("Haus-im", None),
        ("x.y", None),
        (",,,", None),
        ("", None),
    ],
)
def test_a_piece_with_signs_is_read_whole(piece: str, meant: str | None) -> None:
    """Where its words are unknown and another layout makes a known one of it."""
    found = retyped(piece, VOCABULARY)

    assert (found.text if found else None) == meant


def test_another_word_altogether_is_shown_but_not_likely() -> None:
    """кооперация is a word, though unknown here, and no mistyped операция or корпорация."""
    found = corrections("кооперация", VOCABULARY)

    assert {each.text for each in found} >= {"операция", "корпорация"}
    assert not any(each.likely for each in found)


@pytest.mark.parametrize("word", ["Bundestage", "협략"])
def test_a_word_of_the_dictionary_is_left_alone(word: str) -> None:
    """It is spelled right, though the index does not have it: another word is shown and not searched for."""
    found = corrections(word, VOCABULARY)

    assert found
    assert not any(each.likely for each in found)


def test_rare_short_words_are_no_parts() -> None:
    """``un bekannt`` and ``ко операция`` are accidents, ``im haus`` is a forgotten blank."""
    assert "un bekannt" not in suggest("unbekannt", VOCABULARY)
    assert "ко операция" not in suggest("кооперация", VOCABULARY)


@pytest.mark.parametrize("word", ["ㄱㅎ", "12345", "", "…", "x" * 100, "teh", "qqqqqq", "hellojungs"])
def test_some_words_mean_nothing(word: str) -> None:
    """Two initials stand for a hundred words, numbers for themselves."""
    assert suggest(word, VOCABULARY) == []


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        ("zusam", "menarbeit", "zusammenarbeit"),
        ("Bundes", "tag", "bundestag"),
        ("과학", "기술", "과학기술"),
        ("der", "bundestag", None),
        ("x", "y", None),
    ],
)
def test_words_are_joined_where_one_is_unknown(left: str, right: str, together: str | None) -> None:
    """Two known words side by side stay two."""
    assert joined(left, right, VOCABULARY) == together


@given(word=st.text(max_size=12) | st.text(alphabet="zusammenarbeit협력과학ㄱㅎㅅ жизньқ;[2", max_size=14))
@settings(max_examples=100, deadline=None)
def test_corrections_are_few_different_and_in_order(word: str) -> None:
    """At most five, best first, never the word itself."""
    found = corrections(word, VOCABULARY)

    assert len(found) <= 5
    assert len({each.text for each in found}) == len(found)
    assert found == sorted(found, key=lambda each: (-each.score, each.text))
    assert word not in [each.text for each in found]
    assert all(isinstance(each, Correction) and 0 <= each.similarity <= 1 for each in found)
