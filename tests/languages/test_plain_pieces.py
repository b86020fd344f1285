"""A hundred thousand plain pieces at once say what each says by itself."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.languages.ballot import Letters, letters, words_by_script
from searchkit.languages.identify import ENDING, evidence, grounds
from searchkit.languages.plain_pieces import CYRILLIC, HANGUL, LATIN, OTHER, kinds, members, spoken
from searchkit.text.words import WORD

VOCABULARY = Path(__file__).parent / "vocabulary"
plain_text = st.text(st.characters(exclude_categories=("Z", "Cc", "Cs")), min_size=1, max_size=12)
pieces = st.lists(plain_text.filter(lambda piece: len(piece.split()) == 1), min_size=1)
ODD = [
    "IV", "iv", "Iv.", "ŉa", "ʼn", "ª", "가", "가.", "가가나!", "ж.", "Ж", "don't", "a-b", "x" * 600, "가" * 600, "e\u0301", "ß", ".", "..",
    "a..", "\u1100", "ㄱ",
]  # fmt: skip


@given(pieces)
@example(
    [
        "IV",
        "iv",
        "Iv.",
        "ŉa",
        "ʼn",
        "ª",
        "가",
        "가.",
        "가가나!",
        "ж.",
        "Ж",
        "don't",
        "a-b",
        "x" * 600,
        "가" * 600,
        "e\u0301",
        "ß",
        ".",
        "..",
        "a..",
        "ᄀ",
        "ㄱ",
    ]
)
@settings(max_examples=400, deadline=None)
def test_a_plain_piece_is_one_word_of_letters_of_one_script(found: list[str]) -> None:
    """Its word, its letters and the scripts of its votes are what looking at it alone gives."""
    told = kinds(found)

    for piece, kind, size in zip(found, told.kind.tolist(), told.size.tolist(), strict=True):
        if kind != OTHER:
            core = piece[:size]
            latin, cyrillic = words_by_script(piece)
            assert WORD.findall(piece) == [core]
            assert letters(piece) == Letters(size * (kind == LATIN), size * (kind == CYRILLIC), size * (kind == HANGUL), 0)
            assert (latin, cyrillic) == ([core] if kind == LATIN else [], [core] if kind == CYRILLIC else [])


def test_most_pieces_are_plain() -> None:
    """Or nothing would be gained."""
    assert kinds(["Häuser,", "the", "шығады.", "협정을", "ging!"]).kind.tolist() == [LATIN, LATIN, CYRILLIC, HANGUL, LATIN]


def alike(words: list[str], script: str) -> bool:
    """Compare what words speak for and against with what each says alone."""
    found = spoken(words, script)
    for word, pro, known, contra, is_name in zip(words, *(column.tolist() for column in found), strict=True):
        alone_pro, vote, alone_contra, _ = grounds(word, script)
        assert (set(members(pro)), set(members(contra))) == (set(alone_pro), set(alone_contra)), word
        assert known == (vote != ENDING), word
        assert is_name == word[0].isupper(), word
    return True


@pytest.mark.parametrize(("code", "script"), [("de", "Latn"), ("en", "Latn"), ("ru", "Cyrl"), ("kk", "Cyrl")])
def test_words_of_the_vocabulary_speak_as_each_alone(code: str, script: str) -> None:
    """And the function words and endings of all languages of the script."""
    lines = (VOCABULARY / f"{code}.tsv").read_text(encoding="utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines if line and line[0] != "#"]
    facts = evidence(script)
    words += [*facts.words, *facts.endings, *(f"ab{ending}" for ending in facts.endings), *(f"x{ending}" for ending in facts.endings)]
    kind = {"Latn": LATIN, "Cyrl": CYRILLIC}[script]
    plain = [word for word, found in zip(words, kinds(words).kind.tolist(), strict=True) if found == kind]

    assert len(plain) > len(words) / 2
    assert alike(plain, script)


@given(st.lists(st.text(st.characters(categories=["L"], max_codepoint=0x52F), min_size=1, max_size=12), min_size=1))
@settings(max_examples=300, deadline=None)
def test_any_plain_words_speak_as_each_alone(words: list[str]) -> None:
    """Of both scripts, capitals and rare letters among them."""
    found = kinds(words).kind.tolist()
    for script, kind in (("Latn", LATIN), ("Cyrl", CYRILLIC)):
        mine = [word for word, own in zip(words, found, strict=True) if own == kind]
        assert not mine or alike(mine, script)
