"""A file that takes for ever is named, and the others are read; readers and analysers need no such limit."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchkit.analysis import DocumentAnalyzer
from searchkit.app import analysing, patience
from searchkit.app.results import IndexReport, SearchResult
from searchkit.documents.model import Document, Problem
from searchkit.documents.read import read_file

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


@pytest.mark.parametrize("name", STRINGS)
def test_a_strange_text_takes_no_time_to_analyse(name: str) -> None:
    """A quadratic analyser would take minutes; a slow machine gets three seconds."""
    began = time.process_time()

    DocumentAnalyzer().document(Document("/a", "/a", None, STRINGS[name]), lang="auto")

    assert time.process_time() - began < 3
