"""Python callers get what the command line gives, by the same names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit import Index


@pytest.fixture
def opened(folder: Path, index: str) -> Iterator[Index]:
    """Hold an index of the five texts."""
    with Index.open(index) as made:
        made.update([str(folder)], jobs=1)
        yield made


def test_the_lines_of_the_readme(opened: Index) -> None:
    """Hits with scores, paths and snippets."""
    hits = opened.search("Windkraft", limit=5).hits

    assert [Path(hit.path).name for hit in hits] == ["de.txt"]
    assert "Windkraftanlagen" in hits[0].snippets[0].text


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({}, 1),
        ({"in_": "de"}, 1),
        ({"in": ["ko", "de"]}, 1),
        ({"in_languages": ("ko",)}, 0),
        ({"path": "**/de.*"}, 1),
        ({"path": ["**/ko.*", "**/kk.*"]}, 0),
        ({"since": "2024", "until": "2025-03"}, 0),
    ],
)
def test_options_have_the_names_of_the_command_line(opened: Index, options: dict[str, Any], count: int) -> None:
    """One value or several; the fields' own names too."""
    assert opened.search("Windkraft", **options).total == count


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"limit": -1}, ValueError),
        ({"limit": "5"}, ValueError),
        ({"since": "May"}, ValueError),
        ({"match": "some"}, ValueError),
        ({"sort": "size"}, ValueError),
        ({"format": "json"}, TypeError),
    ],
)
def test_what_the_command_line_would_refuse_is_refused(opened: Index, options: dict[str, Any], error: type[Exception]) -> None:
    """At once, by the option's name; no search without an answer."""
    with pytest.raises(error, match=next(iter(options))):
        opened.search("Windkraft", **options)


def test_one_source_is_a_path_or_a_string(folder: Path, tmp_path: Path) -> None:
    """Not a source for each of its letters."""
    with Index.open(tmp_path / "other") as index:
        assert index.update(folder / "de.txt", jobs=1).added == 1
        assert index.update(str(folder), jobs=1, glob="*.txt", exclude="ko.*", memory=64).documents == 4
        assert index.forget(folder).documents == 1
