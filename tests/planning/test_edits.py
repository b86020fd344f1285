"""Which known words a mistyped one is close to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from searchkit.planning.edits import Candidates, closest, fold, max_edits
from searchkit.planning.slips import slip_cost
from searchkit.text.hangul import keystrokes

WORDS = Candidates(
    [
        *[("zusammenarbeit", 40), ("zusammenarbeiten", 9), ("vertrag", 120), ("vortrag", 12), ("ertrag", 3), ("förderung", 30)],
        *[("cooperation", 50), ("corporation", 8), ("environment", 20), ("receive", 9), ("relieve", 2), ("the", 500), ("then", 80)],
        *[("협력", 60), ("협약", 40), ("과학기술", 30), ("대학교", 25), ("대하고", 5), ("한국", 70), ("컴퓨터", 8), ("까닭", 2)],
        *[("ынтымақтастық", 20), ("ғылым", 60), ("қазақстан", 90), ("сотрудничество", 40), ("ёлка", 3)],
    ]
)


@pytest.mark.parametrize(
    ("word", "edits"),
    [
        ("teh", 0),
        ("tehn", 1),
        ("vetrrag", 1),
        ("fordrung", 2),
        ("schöön", 1),
        ("ғыл", 0),
        ("ғылм", 1),
        ("қазақстн", 2),
        ("협릭", 1),
        ("과학기", 1),
        ("과학기슬", 2),
        ("12", 0),
    ],
)
def test_longer_words_may_have_more_edits(word: str, edits: int) -> None:
    """None to three letters, one to seven, two beyond; Hangul one, two from four syllables."""
    assert max_edits(word) == edits


@pytest.mark.parametrize(
    ("typed", "meant", "distance"),
    [
        ("zusamenarbeit", "zusammenarbeit", 1),
        ("zusammenabreit", "zusammenarbeit", 1),
        ("vretrag", "vertrag", 1),
        ("cooperaton", "cooperation", 1),
        ("recieve", "receive", 1),
        ("enviroment", "environment", 1),
        ("forderung", "förderung", 0),
        ("협릭", "협력", 1),
        ("햡력", "협력", 1),
        ("과학기슬", "과학기술", 1),
        ("대학꾜", "대학교", 1),
        ("대하교", "대학교", 1),
        ("하눅", "한국", 1),
        ("ㅎㅏㄴ국", "한국", 0),
        ("컴푸터", "컴퓨터", 1),
        ("ынтымақтастк", "ынтымақтастық", 1),
        ("ынтымактастык", "ынтымақтастық", 0),
        ("казакстан", "қазақстан", 0),
        ("сотрудничетсво", "сотрудничество", 1),
        ("елка", "ёлка", 0),
    ],
)
def test_the_word_that_was_meant_comes_first(typed: str, meant: str, distance: int) -> None:
    """Slips of the fingers, dropped marks, Kazakh letters typed as Russian ones, Hangul by keystrokes."""
    first = closest(typed, WORDS)[0]

    assert (first.word, first.distance) == (meant, distance)


def test_short_words_are_left_alone() -> None:
    """``teh`` would be half of all words of three letters."""
    assert closest("teh", WORDS) == []
    assert [each.word for each in closest("teh", WORDS, edits=1)] == ["the"]


def test_a_word_is_no_suggestion_for_itself() -> None:
    """Only others are."""
    assert "vertrag" not in [each.word for each in closest("vertrag", WORDS)]


def test_more_frequent_words_win_where_slips_are_alike() -> None:
    """Equal scores go by word, so that the order is the same on every machine."""
    words = Candidates([("hatte", 10), ("hätte", 10), ("hotte", 1), ("hatte", 3)])

    assert [each.word for each in closest("htate", words)] == ["hatte", "hätte"]
    assert [each.word for each in closest("hptte", words)] == ["hotte", "hatte", "hätte"]
    assert [each.word for each in closest("htte", words)] == ["hatte", "hätte", "hotte"]
    assert words.frequency("hatte") == 10


@given(
    typed=st.text(alphabet="abcäßжқё협력한ㅎ", min_size=1, max_size=9),
    words=st.lists(st.text(alphabet="abcäжқё협력한", min_size=1, max_size=9), max_size=12),
    edits=st.integers(0, 2),
)
@settings(max_examples=100, deadline=None)
def test_nothing_within_the_edits_is_missed(typed: str, words: list[str], edits: int) -> None:
    """The buckets by length find what comparing with every word finds."""
    candidates = Candidates([(word, 1) for word in words])

    expected = {(word, OSA.distance(candidates.key(typed), candidates.key(word))) for word in words}
    assert set(candidates.within(typed, edits)) == {(word, distance) for word, distance in expected if distance <= edits}


@given(left=st.text(alphabet="abwsaä", max_size=8), right=st.text(alphabet="abwsaä", max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_slip_costs_something_and_no_more_than_its_letters(left: str, right: str) -> None:
    """Zero only for equal words, and bounded by the edits."""
    cost = slip_cost(left, right)

    assert (cost == 0) == (left == right)
    assert cost <= 6.0 * OSA.distance(left, right)


@pytest.mark.parametrize(
    ("meant", "likelier", "less_likely"),
    [
        ("zusammenarbeit", "zusamenarbeit", "zusammenrbeit"),
        ("vertrag", "vertrga", "vertpag"),
        ("vertrag", "vettrag", "veptrag"),
        ("vertrag", "verttrag", "verktrag"),
        ("vertrag", "vertraf", "certrag"),
        ("förderung", "forderung", "fürderung"),
        ("ғылым", "гылым", "жылым"),
        ("separate", "seperate", "sepkrate"),
        ("ㄲㅏㅊㅣ", "ㄱㅏㅊㅣ", "ㅍㅏㅊㅣ"),
        ("ㅎㅏㄴㄱㅜㄱ", "ㅎㅏㄱㄴㅜㄱ", "ㅎㅏㄴㄱㅔㄱ"),
    ],
)
def test_ordinary_slips_cost_less(meant: str, likelier: str, less_likely: str) -> None:
    """A dropped double letter, a swap, a neighbour, a forgotten mark or shift; and the first letter is seldom wrong."""
    assert slip_cost(likelier, meant) < slip_cost(less_likely, meant)


def test_folding_and_keystrokes_are_what_is_compared() -> None:
    """Marks and look-alikes are spelling, not typing."""
    assert fold("Қазақстан".lower()) == "казакстан"
    assert Candidates([]).key("한국") == keystrokes("한국")
    assert Candidates([("a", 1)], fold=str.upper).key("a") == "A"
