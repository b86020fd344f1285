"""Globs, dates and languages admit what a shell user expects."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize("glob", ["d", "d/", "./d", "./d/**", "d/**", "/home/me/d"])
def test_a_folder_admits_what_lies_below_it(glob: str) -> None:
    """Who names a folder means its files."""
    condition = matches((glob,), "/home/me")

    assert isinstance(condition, Matches)
    assert any(re.fullmatch(pattern, "/home/me/d/e/a.md") for pattern in condition.patterns)
    assert not any(re.fullmatch(pattern, "/home/me/dd/a.md") for pattern in condition.patterns)


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


@pytest.mark.parametrize("glob", ["*a" * 30 + "b", "**a" * 30 + "b", "**/" * 30 + "b", "**/*a" * 20 + "b", "*?" * 200 + "b"])
def test_a_glob_of_many_stars_takes_no_time(glob: str) -> None:
    """Matching tries no combinations: with plain ``.*`` these would take years."""
    pattern = re.compile(glob_pattern(glob))

    assert not pattern.fullmatch("a" * 500)
    assert not pattern.fullmatch("a/" * 250)


@pytest.mark.parametrize("glob", ["[z-a]", "[!]x", "[\\]", "[^]", "[[:alpha:]]*", "[a-\\d]", "[]]", "[&&--||~~]*", "[", "[a-]"])
@pytest.mark.filterwarnings("error")
def test_any_set_is_a_glob(glob: str) -> None:
    """What is no good set matches nothing or itself, and is no error."""
    re.compile(glob_pattern(glob))


GLOBS = st.lists(st.sampled_from(["*", "**", "**/", "a", "b", "/", "?", "[ab]", "[!a]"]), max_size=9).map("".join)


@given(glob=GLOBS, path=st.text(alphabet="ab/", max_size=9))
@settings(max_examples=100, deadline=None)
def test_the_first_place_is_as_good_as_any(glob: str, path: str) -> None:
    """Expressions that keep what they found find what those find that try everything."""
    tried = re.sub(
        r"(?:^|(?<=/))\*{2,}/|\*{2,}|\*", lambda star: {"*": "<any>"}.get(star[0], "<deep>" if star[0][-1] == "/" else "<all>"), glob
    )
    tried = tried.replace("[!a]", "[^a/]").replace("?", "[^/]")
    tried = tried.replace("<any>", "[^/]*").replace("<deep>", "(?:.*/)?").replace("<all>", ".*")

    assert bool(re.fullmatch(glob_pattern(glob), path)) == bool(re.fullmatch(tried, path))
