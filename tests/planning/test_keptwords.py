"""Are kept words the ones that were gathered, whatever has happened to the file?"""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.planning import keptwords
from searchkit.planning.edits import Candidates, closest
from searchkit.planning.suggest import Suggester
from tests.planning.test_suggest import _Lexicon

WORDS = {"Zusammenarbeit": 3, "zusammenarbeiten": 1, "협력": 5, "қазақстан": 2, "café": 4, "\udc80": 1, "": 1}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep any number of words, in a folder of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(keptwords, "WORTH_KEEPING", 1)
    return tmp_path / "searchkit" / "words"


def test_kept_words_answer_as_the_gathered_ones() -> None:
    """Suggestions, frequencies, which words there are, and how often some letters stand in them."""
    gathered = Candidates(WORDS)
    keptwords.keep("state", "de", gathered.prepared())
    kept = keptwords.read("state", "de")
    assert kept is not None

    again = Candidates.of(kept)

    assert sorted(again.words()) == sorted(gathered.words())
    assert [again.frequency(word) for word in (*WORDS, "nobody", "z")] == [*WORDS.values(), 0, 0]
    assert ("café" in again, "cafe" in again, len(again)) == (True, False, len(WORDS))
    for typed in ("zusamenarbeit", "혐력", "казакстан", "cafe", "xyz"):
        assert closest(typed, again) == closest(typed, gathered)
    assert [again.count(piece) for piece in ("arbe", "\ncaf", "zz")] == [gathered.count(piece) for piece in ("arbe", "\ncaf", "zz")]


@given(st.integers(0, 200), st.integers(0, 7))
@example(25, 5)  # the count of the words, which the checksum did not cover
def test_a_damaged_file_is_no_file(tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
    """Any bit of it, any length."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("kept")))
        keptwords.keep("state", "de", Candidates(WORDS).prepared())
        (file,) = Path(keptwords._folder()).iterdir()  # noqa: SLF001 -- the file is what is damaged
        data = bytearray(file.read_bytes())
        at %= len(data)
        cut = bytes(data[:at])
        data[at] ^= 1 << bit

        file.write_bytes(data)
        assert keptwords.read("state", "de") is None
        file.write_bytes(cut)
        assert keptwords.read("state", "de") is None


def test_another_state_or_language_has_other_words() -> None:
    """And words with a line end are kept by nobody."""
    keptwords.keep("one", "de", Candidates(WORDS).prepared())
    keptwords.keep("two", "de", Candidates({"line\nend": 1}).prepared())

    assert keptwords.read("one", "de") is not None
    assert keptwords.read("one", "en") is None
    assert keptwords.read("two", "de") is None


def test_the_latest_files_are_left(place: Path) -> None:
    """A state that has gone is asked for no more."""
    for number in range(keptwords.MOST_FILES + 3):
        keptwords.keep(str(number), "de", Candidates(WORDS).prepared())

    assert len(list(place.iterdir())) == keptwords.MOST_FILES
    assert all(file.stat().st_mode & 0o077 == 0 for file in place.iterdir())


def test_a_suggester_gathers_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next process reads what the first one has kept; where nothing can be written, each gathers."""
    lexicon = _Lexicon({"zusammenarbeit": 3, "vertrag": 1}, {}, [])
    first = Suggester(lexicon).candidates("de")
    gathered: list[str] = []

    def counted(_: Suggester, code: str) -> dict[str, int]:
        gathered.append(code)
        return {"zusammenarbeit": 3, "vertrag": 1}

    monkeypatch.setattr(Suggester, "_terms", counted)

    second = Suggester(lexicon).candidates("de")

    assert gathered == []
    assert (second.words(), second.frequency("vertrag")) == (sorted(first.words()), 1)
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none")
    assert len(Suggester(lexicon).candidates("de")) == len(first)
    assert gathered == ["de"]
