"""Where paragraphs and sentences end."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.text.sentences import paragraphs, sentences

PROSE = st.text(alphabet='ab .!?…。한\n\t"”)', max_size=60)


def cut(text: str) -> list[str]:
    """Give the paragraphs of a text."""
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("eins\n\nzwei", ["eins", "zwei"], "a blank line parts"),
        ("eins\n \t\nzwei", ["eins", "zwei"], "so does one that looks blank"),
        ("Titel\nEin Satz folgt hier.", ["Titel", "Ein Satz folgt hier."], "a short line is a heading"),
        ("  eins  \n\n\n  zwei\n", ["eins", "zwei"], "white space around is no part of it"),
        ("x " * 30 + "\n", ["x " * 29 + "x"], "a last line is kept whatever its length, and whether or not a line end ends it"),
        ("x" * 120 + "\n" + "y" * 120, ["x" * 120, "y" * 120], "long lines are paragraphs"),
        ("", [], "nothing in nothing"),
        (" \n\n ", [], "nor in blanks"),
    ],
)
def test_paragraphs(text: str, expected: list[str], why: str) -> None:
    """A blank line, a heading, a line as long as a paragraph."""
    assert cut(text) == expected, why


def test_a_hard_wrapped_sentence_stays_together() -> None:
    """Its line breaks are soft: each line is of middle length and ends no sentence."""
    text = (
        "Die Zusammenarbeit zwischen beiden Staaten wurde im Jahr 1992\nbegonnen und auf viele Gebiete ausgedehnt, so auf die\nRaumfahrt."
    )

    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eins. Zwei! Drei? Vier", ["Eins.", "Zwei!", "Drei?", "Vier"]),
        ("Er sagte: „Nein.“ Dann ging er.", ["Er sagte: „Nein.“", "Dann ging er."]),
        ("3.5 Prozent von example.org", ["3.5 Prozent von example.org"]),
        ("한국은 협력한다. 카자흐스탄도 그렇다.", ["한국은 협력한다.", "카자흐스탄도 그렇다."]),
        ("Wirklich?! Ja…", ["Wirklich?!", "Ja…"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """A closing mark and white space end one."""
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


@given(text=st.text() | PROSE)
@settings(max_examples=100, deadline=None)
def test_spans_hold_all_but_white_space(text: str) -> None:
    """In order, trimmed, and nothing that can be seen is lost between them."""
    for spans in (paragraphs(text), sentences(text, 0, len(text))):
        pieces = [text[start:end] for start, end in spans]

        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        assert all(piece == piece.strip() and piece for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize("signs", [".", ".)", "!?", "\u2026 .", "\u061f\u0964"])
def test_a_row_of_signs_takes_no_time(signs: str) -> None:
    """Leaders of dots go on for lines; tried anew from each of them they took a minute."""
    text = signs * (100_000 // len(signs)) + "x. y"
    began = time.process_time()

    assert text[slice(*sentences(text, 0, len(text))[-1])] == "y"

    assert time.process_time() - began < 1


def test_a_sentence_ends_behind_all_its_signs() -> None:
    """Brackets and quotation marks before or between them are no hindrance."""
    text = 'Er (sie?) kam.) Und "wie!" \u2026 Ja?!) nein. .) so'

    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        "Er (sie?)", "kam.)", 'Und "wie!"', "\u2026", "Ja?!)", "nein.", ".)", "so",
    ]  # fmt: skip
