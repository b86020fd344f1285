"""A file that takes for ever is named, and the others are read; readers and analysers need no such limit."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchkit.analysis import DocumentAnalyzer
from searchkit.app import analysing, patience
from searchkit.app.patience import Patience
from searchkit.app.results import IndexReport, SearchResult
from searchkit.app.searching import Searcher
from searchkit.documents.model import Document, Problem
from searchkit.documents.read import read_file
from searchkit.engine.contract import Hits
from searchkit.errors import QueryTimeError
from searchkit.languages.wordlist import word_list
from searchkit.planning.edits import Candidates
from searchkit.planning.suggest import Suggester
from searchkit.settings import SearchSettings

N = 20_000
STRINGS = {
    "letters": "a" * N,
    "hyphens": "-" * N,
    "words of hyphens": "a-" * (N // 2),
    "combining marks": "e" + "\u0301" * N,
    "dots": "a." * (N // 2),
    "initials": "A." * (N // 2),
    "apostrophes": "a'" * (N // 2),
    "syllables": "대학교의" * (N // 4),
    "jamo": "ᄀ" * N,
    "suffixes": "лар" * (N // 3),
    "Kazakh": "қаланың" * (N // 7),
    "Russian": "сотрудничество" * (N // 14),
    "German": "verarbeitung" * (N // 12),
    "digits": "1," * (N // 2),
    "joiners": "a\u200d" * (N // 2),
    "faces": "👩\u200d" * (N // 2),
    "lines": "a\n" * (N // 2),
    "abbreviations": "z. B. " * (N // 6),
    "camels": "Ab" * (N // 2),
    "addresses": "a@b." * (N // 4),
    "two scripts": "aа" * (N // 2),
    "overrides": "\u202ea" * (N // 2),
    "exclamations": "?!" * (N // 2),
}


def test_a_file_that_takes_for_ever_is_named(
    refresh: Callable[..., IndexReport], ask: Callable[..., SearchResult], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the time goes in one pattern."""
    (folder / "loop.txt").write_text("loop")
    (folder / "pattern.txt").write_text("a" * 40)

    def slow(path: str, data: bytes) -> Iterator[Document | Problem]:
        if path.endswith("loop.txt"):
            while True:
                pass
        if path.endswith("pattern.txt"):
            re.match(r"(a+)+b", data.decode())
        yield from read_file(path, data)

    monkeypatch.setattr(analysing, "read_file", slow)
    monkeypatch.setattr(patience, "SECONDS", 0.2)

    report = refresh()

    assert [Path(problem.path).name for problem in report.problems] == ["loop.txt", "pattern.txt"]
    assert all("takes longer than 0 seconds" in problem.reason for problem in report.problems)
    assert (report.added, ask("Förderung").total) == (5, 1)


def test_a_query_that_takes_for_ever_is_stopped(
    refresh: Callable[..., IndexReport], folder: Path, ask: Callable[..., SearchResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And whoever asks next is answered as ever, by whatever is left half made."""
    refresh()
    honest = ask("Förderung").hits

    def slow(asker: Searcher, plan: object, settings: SearchSettings) -> Hits:
        while not settings.exact:
            pass
        return run(asker, plan, settings)  # type: ignore[arg-type]

    run = Searcher._run  # noqa: SLF001 -- where it cannot be made slow from outside
    monkeypatch.setattr(Searcher, "_run", slow)
    with Searcher(str(folder.parent / "index")) as searcher:
        with pytest.raises(QueryTimeError, match=r"longer than 0\.1 seconds"):
            searcher.search("Förderung", SearchSettings(timeout_seconds=0.1))

        assert searcher.search("Förderung", SearchSettings(exact=True, timeout_seconds=5)).hits
    monkeypatch.undo()
    assert ask("Förderung", timeout_seconds=0).hits == honest


def test_where_only_similar_words_take_too_long_there_is_an_answer(
    refresh: Callable[..., IndexReport], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what it lacks."""
    refresh()

    def slow(suggester: Suggester, code: str) -> Candidates:
        suggester._candidates[code] = Candidates({})  # noqa: SLF001 -- as it does itself  # noqa: SLF001 -- as when it has looked them up
        while True:
            pass

    monkeypatch.setattr(Suggester, "candidates", slow)
    with Searcher(str(folder.parent / "index")) as searcher:
        result = searcher.search("Förderung Förderunk", SearchSettings(match="any", timeout_seconds=1))

    assert result.total == 1
    assert result.interpretation.limits == ("there was no time to look for similar words",)


def test_what_is_made_once_for_all_runs_does_not_count(tmp_path: Path) -> None:
    """Else an unknown German word would never be answered where the cache folder is empty."""

    def rows() -> Iterator[tuple[str, str]]:
        began = time.process_time()
        while time.process_time() - began < 0.3:
            pass
        yield "word", "value"

    with Patience(0.1):
        assert word_list("words", rows, tmp_path).get("word") == "value"


def test_the_words_of_an_index_are_gathered_to_the_end(
    refresh: Callable[..., IndexReport], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are: a slow machine would give up each time, and correct nothing for ever."""
    refresh()
    gather = Suggester._terms  # noqa: SLF001 -- what takes long where there are many

    def slow(suggester: Suggester, code: str) -> dict[str, int]:
        began = time.process_time()
        while time.process_time() - began < 1:
            pass
        return gather(suggester, code)

    monkeypatch.setattr(Suggester, "_terms", slow)
    with Searcher(str(folder.parent / "index")) as searcher:
        result = searcher.search("Förderunk", SearchSettings(timeout_seconds=1))

    assert result.total == 1
    assert result.interpretation.limits == ()


@pytest.mark.parametrize("name", STRINGS)
def test_a_strange_text_takes_no_time_to_analyse(name: str) -> None:
    """A quadratic analyser would take minutes; a slow machine gets three seconds."""
    began = time.process_time()

    DocumentAnalyzer().document(Document("/a", "/a", None, STRINGS[name]), lang="auto")

    assert time.process_time() - began < 3
