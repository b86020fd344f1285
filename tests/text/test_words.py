"""Where the words of a text are."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.text.words import JOINTS, RUN_CHARS, SHORT_CHARS, WORD, parts, word_spans

ODD = st.text(alphabet="aB1한漢カー・а́\u0301\u200b\u00ad'’-_.,: \n\u3164😀", max_size=30)

CUT = [
    ("Die IT-Ausbildung, co-operation", ["Die", "IT-Ausbildung", "co-operation"], "hyphens join"),
    ("АҚШ-тың 2-нші", ["АҚШ-тың", "2-нші"], "a bare suffix belongs to its word"),
    ("snake_case __init__ a__b", ["snake_case", "init", "a", "b"], "one underscore joins, outer ones do not"),
    ("-a- b–c 5–6", ["a", "b", "c", "5", "6"], "outer hyphens and dashes part"),
    ("a- b -c", ["a", "b", "c"], "a hyphen needs a letter on both sides"),
    ("3.5 1,000 12:30 1.2.3 3. a.b", ["3.5", "1,000", "12:30", "1.2.3", "3", "a", "b"], "signs inside numbers only"),
    ("don't l’été Oʻzbek rock 'n' roll", ["don't", "l’été", "Oʻzbek", "rock", "n", "roll"], "apostrophes inside"),
    ("KAIST와 2024년 한국의", ["KAIST", "와", "2024", "년", "한국의"], "Hangul stands alone"),
    ("과학-기술", ["과학", "기술"], "a hyphen joins no Hangul"),
    ("東京タワー 3・1운동", ["東京", "タワー", "3", "1", "운동"], "Han and Kana stand alone, the middle dot parts"),
    ("コーヒー・ショップ", ["コーヒー", "ショップ"], "in Japanese too"),
    ("co\u00adoperation zero\u200bwidth", ["co\u00adoperation", "zero\u200bwidth"], "what is not seen parts nothing"),
    ("cafe\u0301 и\u0306 नमस्ते", ["cafe\u0301", "и\u0306", "नमस्ते"], "marks belong to their letter"),
    ("ㄱㅎㄱㅅ 가\u3164나", ["ㄱㅎㄱㅅ", "가", "나"], "loose jamo are a word, the filler is a blank"),
    ("$5 10% C++ AT&T user@host.de", ["5", "10", "C", "AT", "T", "user", "host", "de"], "signs part"),
    ("👍🏽 … — !", [], "signs alone are no words"),
    ("x² ½ Ⅳ １２", ["x²", "½", "Ⅳ", "１２"], "numbers of all kinds"),
]


@pytest.mark.parametrize(("text", "words", "why"), CUT, ids=[why for _, _, why in CUT])
def test_a_text_is_cut_into_written_words(text: str, words: list[str], why: str) -> None:
    """The two ways to ask give the same."""
    assert WORD.findall(text) == words, why
    assert [text[start:end] for start, end in word_spans(text)] == words, why


@given(text=st.text() | ODD)
@example(text="\x00\u200b\ud55c\u0301")
@settings(max_examples=100, deadline=None)
def test_spans_are_words_in_order(text: str) -> None:
    """Spans are not empty, do not overlap, hold a letter or digit, and are what ``findall`` finds."""
    spans = word_spans(text)

    assert [text[start:end] for start, end in spans] == WORD.findall(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(start < end and any(map(str.isalnum, text[start:end])) for start, end in spans)


@given(text=st.text() | ODD)
@settings(max_examples=100, deadline=None)
def test_no_letter_is_outside_the_words(text: str) -> None:
    """Whatever the script: never lost.  The Hangul fillers are blanks."""
    inside = [False] * len(text)
    for start, end in word_spans(text):
        inside[start:end] = [True] * (end - start)

    assert not [
        char for char, is_inside in zip(text, inside, strict=True) if char.isalnum() and not is_inside and char not in "\u3164\uffa0"
    ]


@given(left=ODD, right=ODD)
@settings(max_examples=100, deadline=None)
def test_a_piece_can_be_cut_again(left: str, right: str) -> None:
    """Cut at white space, a text has the words of its pieces; a region of a text those of the region alone."""
    text = f"{left} {right}"
    at = len(left)

    assert word_spans(text) == [*word_spans(text, 0, at), *word_spans(text, at)]
    assert [(start - at, end - at) for start, end in word_spans(text, at)] == word_spans(text[at:])


@pytest.mark.parametrize("text", ["협력", "과학 기술", "IT", "  ab  cd ", "Ғылым және", "2024", "а1", "한a", "ß", "a-b"])
def test_short_texts_take_no_other_way(text: str) -> None:
    """The shortcut for queries gives what the pattern gives."""
    long = text + "\n" * SHORT_CHARS

    assert word_spans(text) == word_spans(long)


def test_parts_are_what_hyphens_join() -> None:
    """A word without one is its only part."""
    assert parts("IT-Ausbildung") == ["IT", "Ausbildung"]
    assert parts("a‐b_c") == ["a", "b", "c"]
    assert parts("word") == ["word"]


def test_search_finds_the_first_word_of_a_region() -> None:
    """As ``re.Pattern`` does."""
    found = WORD.search("ab cd ef", 2, 5)

    assert isinstance(found, re.Match)
    assert found.span() == (3, 5)


@pytest.mark.parametrize(
    "text",
    ["a" * 5000, "가" * 5000, "東" * 5000, "a-" * 5000, "1," * 5000, "a\u0301" * 5000, "a\u200d" * 5000, "a" + "\u0301" * 90_000 + "b"],
)
def test_no_word_is_endless(text: str) -> None:
    """Its analysis may take more than linear time; nothing of it is lost."""
    words = WORD.findall(text)

    assert max(map(len, words)) <= (JOINTS + 1) * RUN_CHARS
    assert max(len(parts(word)) for word in words) <= JOINTS + 1
    assert len(words) > 1
    assert sum(sum(map(str.isalnum, word)) for word in words) == sum(map(str.isalnum, text))
