"""What every language owes its callers.  A new one adds a registry row and a vocabulary file."""

import unicodedata
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.languages.base import Analysis, Language
from searchkit.languages.registry import ROWS, language
from searchkit.text.normalize import term_form
from searchkit.text.scripts import script_of_char
from searchkit.text.words import word_spans

HERE = Path(__file__).parent
CODES = [row.code for row in ROWS if find_spec(row.module)]
every_language = pytest.mark.parametrize("code", CODES)
quick = settings(max_examples=60, deadline=None)

HOSTILE = (
    "\x00",
    "\u200b\ud55c\u0301",
    "a" * 5000,
    "а-" * 400 + "б",
    "_",
    "---",
    "İI\u0307ıſßŉǰΐ",
    "ﬃ½Ⅷ㎏ﷺ",
    "\u0345α\u0345",
    "1.2.3.4.5",
    "٣٫٤",
    "２０２４年",
    "l'",
    "АҚШ-тың",
    "2-нші",
    "е\u0308лка",
    "\U0001f1f0\U0001f1fffoo\u20e3",
    "ㅋㅋㅋ",
    "ᄒ",
    "\u3164",
    "Ǆǅǆ",
    "ⅨⅨ-ⅠⅠ",
    "ко\u0301фе",
)
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzäöüßABCДЖабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
    "가각갂한글과학기술을를ㄱㅏ中国語カナ'’-_.,0123456789\u0301\u00ad "
)
texts = st.one_of(st.text(max_size=40), st.text(ALPHABETS, max_size=40))


def rows(folder: str, code: str, columns: int) -> list[tuple[str, ...]]:
    """Read the rows of a data file; none where the language has no such file yet."""
    path = HERE / folder / f"{code}.tsv"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    kept = [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    wrong = [row for row in kept if len(row) != columns]
    assert not wrong, f"{path.name}: rows need {columns} columns: {wrong[:3]}"
    return kept


def params(folder: str, columns: int) -> list[object]:
    """Make a test of every row; one whose reason begins with ``xfail:`` is known to fail."""
    return [
        pytest.param(code, *row, id=f"{code}-{row[0]}", marks=[pytest.mark.xfail(reason=row[-1])] if row[-1].startswith("xfail:") else [])
        for code in CODES
        for row in rows(folder, code, columns)
    ]


def analyses(spoken: Language, text: str) -> list[Analysis]:
    """Analyse a text as an index does."""
    return spoken.analyze_sentence(text, word_spans(text))


def asked(spoken: Language, text: str) -> list[Analysis]:
    """Analyse a text as a query does: word by word, or together where the sentence decides."""
    spans = word_spans(text)
    if spoken.contextual and len(spans) > 1:
        return spoken.analyze_sentence(text, spans)
    return [spoken.query(text[start:end]) for start, end in spans]


def meets(spoken: Language, query: str, document: str) -> bool:
    """Tell whether every word of a query finds a document of these words."""
    found = analyses(spoken, document)
    held = {term for analysis in found for reading in analysis.readings for term, _ in reading.terms}
    held.update(fold for analysis in found for fold in analysis.folds)
    return all(
        any(held.issuperset(term for term, _ in reading.terms) for reading in analysis.readings) or not held.isdisjoint(analysis.folds)
        for analysis in asked(spoken, query)
    )


@pytest.mark.parametrize(("code", "word", "terms", "why"), params("vocabulary", 3))
def test_word_gets_its_terms(code: str, word: str, terms: str, why: str) -> None:
    """The vocabulary file is the specification of the analyser."""
    readings = analyses(language(code), word)[0].readings
    given_terms = [term for reading in readings[: None if code == "kk" else 1] for term, _ in reading.terms]
    wanted = terms.split()

    right = given_terms[:1] == wanted[:1] and set(wanted) <= set(given_terms) if code == "kk" else given_terms == wanted

    assert right, f"{word}: {given_terms}, not {wanted}: {why}\nhelp: if the change is meant, edit vocabulary/{code}.tsv and say why there."


@pytest.mark.parametrize(("code", "left", "right", "wish", "why"), params("pairs", 4))
def test_pair_meets_or_stays_apart(code: str, left: str, right: str, wish: str, why: str) -> None:
    """A query for the left one finds a document of the right one, or does not."""
    assert wish in ("meet", "light", "apart"), "the third column says meet, light (meet by the folds alone) or apart"

    assert meets(language(code), left, right) == (wish != "apart"), f"{left} / {right} should {wish}: {why}"


@every_language
def test_rows_are_distinct(code: str) -> None:
    """A word has one row, or two files of truth would hold."""
    words = [row[0] for row in rows("vocabulary", code, 3)]

    assert sorted(words) == sorted(set(words))


@every_language
def test_says_who_it_is(code: str) -> None:
    """The class and its registry row tell the same, and the figures are possible ones."""
    spoken = language(code)
    row = next(row for row in ROWS if row.code == code)

    assert (spoken.code, spoken.scripts, spoken.version) == (row.code, row.scripts, row.version)
    assert spoken.version >= 1
    assert spoken.k1 > 0
    assert 0 <= spoken.b <= 1
    assert all(0 <= weight <= 1 for weight in spoken.weights)


@every_language
def test_stop_words_are_in_term_form(code: str) -> None:
    """Queries compare them by ``term_form``; another spelling would never be met."""
    assert [word for word in language(code).stop_words if term_form(word) != word] == []


@every_language
@quick
@given(text=texts)
@example(text=" ".join(HOSTILE))
def test_an_analysis_is_whole(code: str, text: str) -> None:
    """Whatever the text, every word of it can be looked up, and the positions lie inside the word."""
    spoken = language(code)

    found = analyses(spoken, text)

    assert len(found) == len(word_spans(text))
    for analysis, (start, end) in zip(found, word_spans(text), strict=True):
        _is_whole(analysis, text[start:end])


@every_language
@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_analysed(code: str, word: str) -> None:
    """What no text would give can still be asked for."""
    for analysis in (language(code).analyze(word), language(code).query(word)):
        _is_whole(analysis, word)


@every_language
def test_the_shortest_words_are_analysed(code: str) -> None:
    """Every letter and every two: stemmers look at the last ones and take off the first (Kazakh ъ had nothing left to look at)."""
    spoken = language(code)
    letters = sorted({char for char in ALPHABETS.casefold() if char.isalpha()} - set(map(chr, range(0x3000, 0xAC00))))
    for word in [*letters, *map("".join, product(letters, repeat=2))]:
        for analysis in {id(found): found for found in (spoken.analyze(word), spoken.query(word))}.values():
            _is_whole(analysis, word)


@every_language
@quick
@given(text=texts)
def test_terms_are_composed_and_case_folded(code: str, text: str) -> None:
    """Two spellings of one string are one term."""
    for analysis in analyses(language(code), text):
        terms = [*(term for reading in analysis.readings for term, _ in reading.terms), *analysis.folds, *analysis.grams]
        assert [term for term in terms if unicodedata.normalize("NFC", term) != term or term.casefold() != term] == []


@every_language
@quick
@given(text=texts)
@example(text="2024-05-14 1,000 12.04.2024 IT-Ausbildung co-operation")
def test_a_word_finds_itself(code: str, text: str) -> None:
    """Query and index cannot drift."""
    spoken = language(code)

    for start, end in word_spans(text):
        assert meets(spoken, text[start:end], text[start:end])


@every_language
@quick
@given(text=texts)
def test_the_sentence_matters_only_where_it_says_so(code: str, text: str) -> None:
    """A language that is not contextual gives a word the same analysis everywhere, every time."""
    spoken = language(code)
    found = analyses(spoken, text)

    alone = [type(spoken)().analyze(text[start:end]) for start, end in word_spans(text)]

    assert found == analyses(spoken, text)
    assert spoken.contextual or found == alone


def _is_whole(analysis: Analysis, word: str) -> None:
    stems = [term for reading in analysis.readings for term, _ in reading.terms]
    inner = [at for reading in analysis.readings for _, at in reading.terms]
    mixed = any("\u0400" <= char <= "\u052f" for char in word) and any(script_of_char(char) == "Latn" for char in word)
    assert mixed or analysis.words[0] == (term_form(word) or word, 0), "only look-alikes in a Cyrillic word may be mended"
    assert analysis.readings
    assert all(reading.terms for reading in analysis.readings)
    assert all([*stems, *analysis.folds, *analysis.grams, *analysis.lemmas, *(term for term, _ in analysis.words)])
    assert (min(inner), max(inner)) == (0, analysis.stem_width - 1)
    assert max(at for _, at in analysis.words) == analysis.word_width - 1
    assert analysis.readings[0].weight == 1
    assert all(0 < reading.weight <= 1 for reading in analysis.readings)
    assert not set(stems) & set(analysis.folds), "a fold that the stem field holds already says nothing"
    for strings in (analysis.folds, analysis.lemmas):
        assert len(set(strings)) == len(strings)
