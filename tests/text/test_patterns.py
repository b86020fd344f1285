"""Is a pattern that was kept the pattern that it was?"""

import glob
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.text import words
from searchkit.text.patterns import compiled, lazy_pattern

EXPRESSIONS = [
    "b+",
    r"(?s)^a.*?(b|c)(?=\s)",
    r"(?i)\bÄ\w{2,4}+\b",
    "[\u0400-\u04ff]+(?<!x)y",
    words._PATTERN,  # noqa: SLF001
    "(?P<name>a)b",
    "[\ud800-\udfff]+",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep patterns in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_kept_pattern_is_the_same(folder: Path, expression: str) -> None:
    """Made, kept, loaded: equal to what ``re`` makes, and so are its answers."""
    text = "ab bbb a\nb Äpfel ÄPFEL xy мир яy IT-Ausbildung KAIST와의 3.5 rock'n'roll"

    made = compiled(expression)
    loaded = compiled(expression)

    assert made == loaded == re.compile(expression)
    assert len(glob.glob(f"{folder}/searchkit/*.sre")) == (0 if made.groupindex else 1)
    for one in (made, loaded):
        assert [match.span() for match in one.finditer(text)] == [match.span() for match in re.finditer(expression, text)]
        assert one.split(text) == re.split(expression, text)


@pytest.mark.usefixtures("folder")
@settings(deadline=None)
@given(text=st.text())
def test_words_are_the_same(text: str) -> None:
    """Whatever the text."""
    assert compiled(words._PATTERN).findall(text) == re.findall(words._PATTERN, text)  # noqa: SLF001


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other"])
def test_a_damaged_pattern_is_compiled_anew(folder: Path, damage: str) -> None:
    """And kept anew: a cache is never believed."""
    compiled("b+c")
    (kept,) = map(Path, glob.glob(f"{folder}/searchkit/*.sre"))
    data = kept.read_bytes()
    broken = {"flip": data[:-3] + bytes([data[-3] ^ 1]) + data[-2:], "cut": data[: len(data) // 2], "empty": b"", "other": b"x" * 99}
    kept.write_bytes(broken[damage])

    assert compiled("b+c").findall("abbc") == ["bbc"]
    assert kept.read_bytes() == data


def test_no_folder_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nothing can be written, patterns are compiled every time."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert lazy_pattern("b+").findall("abba") == ["bb"]
