"""Which known words a mistyped one is close to."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from searchkit.planning.compared import Fours, Signatures, fold, key, keys
from searchkit.planning.edits import COUNTED_AFTER, PREPARED_AFTER, Candidates, closest, max_edits, near_forms
from searchkit.planning.slips import slip_cost
from searchkit.text.hangul import keystrokes

WORDS = Candidates(
    dict(
        [
            *[("zusammenarbeit", 40), ("zusammenarbeiten", 9), ("vertrag", 120), ("vortrag", 12), ("ertrag", 3), ("förderung", 30)],
            *[("cooperation", 50), ("corporation", 8), ("environment", 20), ("receive", 9), ("relieve", 2), ("the", 500), ("then", 80)],
            *[("협력", 60), ("협약", 40), ("과학기술", 30), ("대학교", 25), ("대하고", 5), ("한국", 70), ("컴퓨터", 8), ("까닭", 2)],
            *[("ынтымақтастық", 20), ("ғылым", 60), ("қазақстан", 90), ("сотрудничество", 40), ("ёлка", 3)],
        ]
    )
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
    words = Candidates({"hatte": 10, "hätte": 10, "hotte": 1})

    assert [each.word for each in closest("htate", words)] == ["hatte", "hätte"]
    assert [each.word for each in closest("hptte", words)] == ["hotte", "hatte", "hätte"]
    assert [each.word for each in closest("htte", words)] == ["hatte", "hätte", "hotte"]
    assert words.frequency("hatte") == 10


LETTERS = "abcäßжқё협력한ㅎᄒæΣíΐ\u0301\u0327İ"


@given(
    typed=st.text(alphabet=LETTERS, min_size=1, max_size=9),
    words=st.lists(st.text(alphabet=LETTERS, max_size=9), max_size=12),
    edits=st.integers(0, 2),
)
@settings(max_examples=100, deadline=None)
def test_nothing_within_the_edits_is_missed(typed: str, words: list[str], edits: int) -> None:
    """Neither the first look-ups, through all words, nor the later ones, by signatures, miss what comparing word by word finds."""
    candidates = Candidates(dict.fromkeys(words, 1))

    found = [set(candidates.within(typed, edits)) for _ in range(PREPARED_AFTER + 2)]

    distances = {(word, OSA.distance(key(typed), key(word))) for word in words}
    assert found == [{(word, distance) for word, distance in distances if distance <= edits}] * len(found)


@given(words=st.lists(st.text(alphabet=LETTERS + "\n"), max_size=12) | st.lists(st.text(), max_size=8))
@settings(max_examples=200, deadline=None)
def test_keys_of_many_words_are_those_of_each(words: list[str]) -> None:
    """Whatever stands beside a word."""
    assert keys(words) == [key(word) for word in words]


@given(
    text=st.text(alphabet="ab\nü협\U0001f600\uffff"), pieces=st.lists(st.text(alphabet="ab\nü협\U0001f600\uffff", min_size=3, max_size=5))
)
@example(text="ababab aaaaa abcabca", pieces=["abab", "aaaa", "abca", "abcd"])
@settings(max_examples=200, deadline=None)
def test_fours_are_counted_as_in_the_text(text: str, pieces: list[str]) -> None:
    """Or not at all."""
    fours = Fours(text)

    assert all(fours.count(piece) in (None, text.count(piece)) for piece in pieces)
    assert all(fours.count(four) == text.count(four) for four in ("ab\nü", "baü협"))


def test_pieces_are_counted_alike_early_and_late() -> None:
    """One by one at first, all at once when there were many."""
    words = {f"{first}{second}": 1 for first in "abcdefgh" for second in ("wasser", "wind", "sonne", "kraft", "abab")}
    pieces = sorted({f"\n\n{word}\n"[at : at + 4] for word in words for at in range(len(word))})

    candidates = Candidates(words)
    text = "\n\n".join(("", *words, ""))

    assert len(pieces) > 2 * COUNTED_AFTER
    assert [candidates.count(piece) for piece in pieces] == [text.count(piece) for piece in pieces]


SIGNS = st.text(alphabet="abäæeъқ\u0301\u0323가곿협ㅎ", min_size=1, max_size=7)


@given(word=SIGNS, forms=st.lists(SIGNS, max_size=8), edits=st.integers(1, 2))
@example(word="곿곿", forms=["abcdefghij", "ㄱ"], edits=2)
@example(word="e", forms=["e\u0323\u0301\u0323\u0301"], edits=1)
@settings(max_examples=300, deadline=None)
def test_near_forms_are_all_that_are_near(word: str, forms: list[str], edits: int) -> None:
    """Whichever are left out unseen, for their length, are near neither as written nor as compared."""
    distances = {form: min(OSA.distance(word, form), OSA.distance(key(word), key(form))) for form in forms}

    assert near_forms(word, forms, edits) == {form: distance for form, distance in distances.items() if distance <= edits}


def test_signatures_leave_few_words() -> None:
    """Else they would be of no use."""
    words = [
        f"{first}{second}{third}" for first in ("wasser", "wind", "sonne") for second in ("kraft", "werk") for third in ("preis", "bau")
    ]

    near = Signatures(words).near("windkraftpreiss", 2)

    assert words.index("windkraftpreis") in near
    assert len(near) < len(words) / 2


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
    assert key("한국") == keystrokes("한국")
