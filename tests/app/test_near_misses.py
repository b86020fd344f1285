"""Slips are mended, and words are left what they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.results import IndexReport

TEXTS = {
    "en.txt": "Innovation in Korea: Tokayev's university opened a school of artificial intelligence.\n",
    "de.txt": "Die Universität und die Kommission sprechen über Innovation in Korea. Eine Smart City entsteht. Jeder kennt den Vertrag.\n",
    "kk.txt": "Университеттің бөлігі академия деп аталады. Қазақстан ғылымы туралы бөлік оқылды.\n",
    "ko.txt": "두 나라는 과학기술 협력을 강화하기로 하였다.\n",
}
MENDED = [
    ("univercity", {"en.txt"}),
    ("inovation", {"en.txt", "de.txt"}),
    ("Korrea", {"en.txt", "de.txt"}),
    ("Tokaev", {"en.txt"}),
    ("Tokajev", {"en.txt"}),
    ("artificialintelligence", {"en.txt"}),
    ("SmartCity", {"de.txt"}),
    ("Unversitaet", {"de.txt"}),
    ("Kommision", {"de.txt"}),
    ("universitet", {"kk.txt"}),
    ("akademia", {"kk.txt"}),
    ("gylym", {"kk.txt"}),
]


@pytest.fixture
def found(folder: Path, refresh: Callable[..., IndexReport], found: Callable[..., set[str]]) -> Callable[..., set[str]]:
    """Search these texts in place of the usual ones."""
    for old in folder.iterdir():
        old.unlink()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    refresh()
    return found


@pytest.mark.parametrize(("query", "names"), MENDED)
def test_a_slip_finds_what_was_meant_in_every_language_that_has_it(found: Callable[..., set[str]], query: str, names: set[str]) -> None:
    """And nothing else: a typing error in an English word is no Kazakh in Latin letters."""
    assert found(query) == names


@pytest.mark.parametrize(
    "query", ["Vortrag", "Vertrauen", "universe", "schooner", "білік", "білу", "ғалым", "қазан", "협약", "강좌", "derzeit"]
)
def test_a_word_of_its_own_is_not_taken_for_a_slip(found: Callable[..., set[str]], query: str) -> None:
    """However near a word of the texts is."""
    assert found(query) == set()
