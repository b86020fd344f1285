"""Languages are found by their code, made when needed, and one more is one row more."""

import subprocess
import sys
from pathlib import Path

import pytest

from searchkit.languages.identify import identify
from searchkit.languages.registry import CODES, CYRILLIC, LANGUAGES, LATIN, ROWS, Registry, Row, language

SIXTH = Registry((*ROWS[:-1], Row("tr", "tests.languages.sixth.turkish", "Turkish", ("Latn",)), ROWS[-1]))
TURKISH = [line.split("\t") for line in (Path(__file__).parent / "sixth" / "tr.tsv").read_text("utf-8").splitlines()]


def test_importing_the_registry_imports_no_language() -> None:
    """Start-up pays for the languages that it meets, not for all."""
    code = "import sys, searchkit.languages.registry; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {row.module for row in ROWS} & set(loaded)
    assert not {"pymorphy3", "simplemma", "Stemmer", "mecab", "numpy"} & {name.partition(".")[0] for name in loaded}


def test_unknown_codes_are_other() -> None:
    """A document may say of itself that it is French; it is still indexed."""
    assert language("fr") is language("other")
    assert language("") is LANGUAGES["other"]


def test_a_language_is_made_once() -> None:
    """Caches and dictionaries stand in the instance."""
    assert language("ru") is language("ru")


def test_an_exact_lookup_of_an_unknown_code_fails() -> None:
    """A mapping does not guess."""
    with pytest.raises(KeyError):
        LANGUAGES["fr"]


def test_scripts_tell_the_languages_of_a_short_query() -> None:
    """Which languages a few Latin or Cyrillic letters may be in."""
    assert CODES == ("ko", "kk", "ru", "de", "en", "other")
    assert LATIN == ("de", "en")
    assert CYRILLIC == ("kk", "ru")


@pytest.mark.parametrize(
    ("word", "term", "why"),
    [pytest.param(*row, marks=[pytest.mark.xfail(reason=row[2])] if row[2].startswith("xfail:") else []) for row in TURKISH],
)
def test_a_sixth_language_needs_a_module_a_vocabulary_and_a_row(word: str, term: str, why: str) -> None:
    """Nothing else knows of Turkish here, and it stems."""
    assert [term for reading in SIXTH.language("tr").analyze(word).readings[:1] for term, _ in reading.terms] == [term], why


def test_a_sixth_language_is_identified_once_it_has_a_row() -> None:
    """Its function words are known already; without the row such a text is ``other``."""
    text = "Güney Kore ile Kazakistan arasında bilim alanında yeni bir anlaşma imzalandı."

    assert identify(text, registry=SIXTH).code == "tr"
    assert identify(text).code == "other"
