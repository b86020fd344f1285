"""The mapped dictionary answers as pymorphy3 does, word for word, and leaves a layout that it does not know to it."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymorphy3_dicts_ru import get_path  # type: ignore[import-untyped]

from searchkit.languages import _russian_dictionary
from searchkit.languages._russian_dictionary import RussianDictionary, WholeAnalyser, russian_dictionary
from searchkit.languages.datafiles import data_words

VOCABULARY = Path(__file__).parent / "vocabulary"
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"


def _words() -> list[str]:
    """Give Russian words, Kazakh ones in Russian letters, and both with prefixes that are known and that nobody knows."""
    lines = [line for code in ("ru", "kk") for line in (VOCABULARY / f"{code}.tsv").read_text("utf-8").splitlines()]
    words = {line.split("\t")[0].lower() for line in lines if not line.startswith("#")}
    words = {word for word in words if word and not set(word) - set(LETTERS)}
    return sorted(
        words | {f"{prefix}{word}" for prefix in ("псевдо", "наи", "по", "зюз", "недоперезаново") for word in sorted(words)[::12]}
    )


@pytest.fixture(scope="module")
def mapped() -> RussianDictionary:
    """Open the installed dictionary."""
    return RussianDictionary(get_path())


@pytest.fixture(scope="module")
def whole() -> WholeAnalyser:
    """Load pymorphy3."""
    return WholeAnalyser(get_path())


def _said(word: str, dictionary: RussianDictionary | WholeAnalyser) -> tuple[object, object]:
    """Give all that a dictionary says of a word."""
    places = [(spelling, *place) for spelling, found in dictionary.entries(word) for place in found]
    forms = [
        (spelling, dictionary.lemma(spelling, paradigm, form), tag, dictionary.share(word, tag))
        for spelling, paradigm, form in places
        for tag in [dictionary.tag(paradigm, form)]
    ]
    return forms, dictionary.guesses(word)


def test_the_installed_dictionary_is_mapped() -> None:
    """Or the first Russian word of a process would take eight empty interpreters."""
    assert isinstance(russian_dictionary(), RussianDictionary)


def test_words_get_what_pymorphy3_gives_them(mapped: RussianDictionary, whole: WholeAnalyser) -> None:
    """Forms, lemmas, tags and shares of known and unknown words, the same floats."""
    words = _words()

    wrong = [word for word in words if _said(word, mapped) != _said(word, whole)]

    assert wrong == []
    assert 0.2 < sum(bool(mapped.entries(word)) for word in words) / len(words) < 0.8


@settings(max_examples=300, deadline=None)
@given(
    word=st.text(LETTERS, min_size=1, max_size=14) | st.lists(st.sampled_from(data_words("russian_prefixes.txt")), min_size=1).map("".join)
)
def test_any_letters_get_what_pymorphy3_gives_them(mapped: RussianDictionary, whole: WholeAnalyser, word: str) -> None:
    """Also what is no word at all."""
    assert _said(word, mapped) == _said(word, whole)


def test_the_prefixes_are_those_of_pymorphy3() -> None:
    """A list of its code, so no part of the dictionary that is installed."""
    from pymorphy3.lang.ru.config import CHAR_SUBSTITUTES, KNOWN_PREFIXES

    assert data_words("russian_prefixes.txt") == [prefix for prefix in KNOWN_PREFIXES if "-" not in prefix]
    assert CHAR_SUBSTITUTES == {"е": "ё"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("suffixes.json", b'",\n  "', b'", "'),
        ("meta.json", b'"max_suffix_length": 5', b'"max_suffix_length": 4'),
    ],
)
def test_another_layout_is_left_to_pymorphy3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: bytes, new: bytes) -> None:
    """Its next release may write its files otherwise; the words are still found."""
    folder = tmp_path / "data"
    folder.mkdir()
    for file in os.listdir(get_path()):
        (folder / file).symlink_to(Path(get_path()) / file)
    (folder / name).unlink()
    (folder / name).write_bytes((Path(get_path()) / name).read_bytes().replace(old, new))
    monkeypatch.setattr(_russian_dictionary, "package_folder", lambda _: str(tmp_path))
    russian_dictionary.cache_clear()

    try:
        found = russian_dictionary()
    finally:
        russian_dictionary.cache_clear()

    assert isinstance(found, WholeAnalyser)
    assert {found.lemma(spelling, *places[0]) for spelling, places in found.entries("путями")} == {"путь"}


def test_a_list_is_the_same_asked_once_and_often() -> None:
    """The first endings are looked up one by one, the others in a list of all."""
    data = str(Path(get_path()) / "suffixes.json")
    every = _russian_dictionary._Strings(data)._all  # noqa: SLF001

    few = [_russian_dictionary._Strings(data)[which] for which in (0, 1, 777, len(every) - 1)]  # noqa: SLF001

    assert few == [every[0], every[1], every[777], every[-1]]
    assert len(every) == 16311
