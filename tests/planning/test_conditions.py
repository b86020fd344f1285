"""Globs, dates and languages admit what a shell user expects."""

import re

import pytest

from searchkit.engine.plan import Between, Everything, Matches, Where
from searchkit.planning.conditions import admitted, between, glob_pattern, matches


@pytest.mark.parametrize(
    ("glob", "path", "admits"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "b/a.txt", False),
        ("**/*.txt", "b/c/a.txt", True),
        ("**/*.txt", "a.txt", True),
        ("b/**", "b/c/a.txt", True),
        ("b/*", "b/c/a.txt", False),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("[", "[", True),
        ("a+(b).txt", "a+(b).txt", True),
        ("*", "새 글.txt", True),
    ],
)
def test_a_star_stops_at_a_slash(glob: str, path: str, admits: bool) -> None:  # noqa: FBT001 -- a table's column
    """Two do not."""
    assert bool(re.fullmatch(glob_pattern(glob), path)) is admits


def test_a_glob_is_held_against_both_spellings_of_a_path() -> None:
    """As printed below the current folder, and absolute."""
    condition = matches(("sub/*.md", "/abs/*"), "/home/me")

    assert isinstance(condition, Matches)
    assert any(re.fullmatch(pattern, "/home/me/sub/a.md") for pattern in condition.patterns)
    assert any(re.fullmatch(pattern, "/abs/x") for pattern in condition.patterns)
    assert not any(re.fullmatch(pattern, "/home/me/abs/x") for pattern in condition.patterns)


def test_an_upper_bound_takes_in_all_of_its_year() -> None:
    """2024 ends with its last day."""
    condition = between("2023-05", "2024")

    assert isinstance(condition, Between)
    assert condition.low <= "2024-12-31" <= condition.high
    assert not condition.low <= "2025-01-01" <= condition.high


def test_no_option_changes_nothing() -> None:
    """A search without filters is not filtered."""
    node = Everything()

    assert admitted(node, languages=(), paths=(), since="", until="", folder="/") is node
    assert isinstance(admitted(node, languages=("de",), paths=(), since="", until="", folder="/"), Where)
