"""Is a command line understood alike with Click and without?"""

import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.__main__ import main
from searchkit.cli.commands.search import command
from searchkit.cli.fast import DEFAULTS, plain_search
from searchkit.cli.main import group, run
from searchkit.cli.told import Common

words = st.sampled_from(["Energie", "협력", "two words", "search", "index", "a:b", '"phrase', "", " ", "-", "--", "-x", "=word", "\x1b[1m"])
numbers = st.sampled_from(["0", "3", "03", "19", "20", "200", "-1", "x", "", "1e3", "٣", "9" * 30])
options = st.one_of(
    st.tuples(st.sampled_from(["-n", "--limit", "--offset", "--snippets", "--context"]), numbers),
    st.tuples(st.sampled_from(["--match"]), st.sampled_from(["auto", "all", "any", "some", ""])),
    st.tuples(st.sampled_from(["--fuzzy", "--syntax"]), st.sampled_from(["auto", "off", "on", "plain", "full"])),
    st.tuples(st.sampled_from(["--lang", "--in"]), st.sampled_from(["de", "DE", "ko", "auto", "other", "fr", "deutsch", "kk-KZ"])),
    st.tuples(st.just("--format"), st.sampled_from(["auto", "text", "json", "jsonl", "tsv", "csv", "trec", "paths", "grep", "xml"])),
    st.tuples(st.sampled_from(["--index"]), st.sampled_from(["/folder", "", "rel"])),
    st.tuples(st.sampled_from(["--color"]), st.sampled_from(["auto", "always", "never", "sometimes"])),
    st.tuples(st.sampled_from(["--sort", "--since", "--path", "--queries"]), st.sampled_from(["date", "2024", "x/**"])),
)
flags = st.sampled_from(
    ["--exact", "-l", "--paths", "-0", "-c", "--count", "-q", "--debug", "--explain", "--null", "-lc", "--exac", "-h", "-n3"]
)
one = st.one_of(
    words.map(lambda word: [word]), options.map(list), options.map(lambda pair: [f"{pair[0]}={pair[1]}"]), flags.map(lambda flag: [flag])
)


def joined(parts: tuple[list[list[str]], list[list[str]]]) -> list[str]:
    """Put what stands before and after the command's name together."""
    before, after = ([argument for piece in part for argument in piece] for part in parts)
    return [*before, "search", *after]


arguments = st.tuples(st.lists(one, max_size=2), st.lists(one, max_size=5)).map(joined)


def by_click(given_arguments: list[str]) -> tuple[Common, dict[str, Any]]:
    """Take a command line apart as Click does."""
    common = Common()
    seen: list[dict[str, Any]] = []
    with (
        patch.object(command, "invoke", side_effect=lambda ctx: seen.append(ctx.params)),
        group.make_context("searchkit", list(given_arguments), obj=common) as ctx,
    ):
        group.invoke(ctx)
    return common, seen[0]


@given(arguments=arguments)
def test_what_is_taken_apart_here_is_what_click_makes_of_it(arguments: list[str]) -> None:
    """Whatever the order and the spelling; what is not taken is Click's."""
    plain = plain_search(arguments)

    if plain is not None:
        common, params = by_click(arguments)
        assert plain.given == params
        for name in Common.__slots__:
            assert getattr(plain.common, name) == getattr(common, name)


def test_the_defaults_are_those_of_click() -> None:
    """Every option of the command has its row."""
    _, params = by_click(["search", "word"])

    assert params == {**DEFAULTS, "query": ("word",)}


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "word"],
        ["search", "two", "words", "-n", "3", "--snippets=0"],
        ["--index", "i", "search", "-q", "word"],
        ["search", "--format", "jsonl", "--fuzzy", "off", "word", "--in=ko", "--in", "de"],
        ["search", "-l", "-c", "search"],
        ["search", "--fuzzy", "off", "--", "-word"],
    ],
    ids=" ".join,
)
def test_plain_searches_do_without_click(arguments: list[str]) -> None:
    """What people type most."""
    assert plain_search(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ["index", "search"],
        ["search"],
        ["search", "-"],
        ["search", "word", "-n"],
        ["search", "word", "-n", "x"],
        ["search", "--help"],
        ["search", "--pager", "word"],
        ["search", "--", "-"],
        ["search", "--sort", "date", "word"],
    ],
    ids=" ".join,
)
def test_everything_else_is_for_click(arguments: list[str]) -> None:
    """Other commands, standard input, what is wrong or rare."""
    assert plain_search(arguments) is None


def test_both_ways_print_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And end with the same status."""
    index = str(tmp_path / "index")
    (tmp_path / "text.txt").write_text("Die Zusammenarbeit. 협력을 강화한다.", "utf-8")
    assert run(["--index", index, "index", "-q", "--jobs", "1", str(tmp_path / "text.txt")]) == 0
    said = []
    for way in ("fast", "click"):
        for found in ("Zusammenarbeit", "협력", "nosuchwordanywhere"):
            arguments = ["--index", index, "search", found, "--format", "jsonl"]
            monkeypatch.setattr(sys, "argv", ["searchkit", *arguments])
            status = main() if way == "fast" else run(arguments)
            said.append((status, *capsys.readouterr()))

    assert said[:3] == said[3:]
    assert [status for status, _, _ in said[:3]] == [0, 0, 1]
