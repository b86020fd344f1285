"""What a person sees: colours, links and lines that fit on a terminal; plain words anywhere else."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.app.results import Correction, Interpretation, SearchResult, Snippet
from searchkit.cli.notes import nothing_found
from searchkit.cli.terminal import text_width
from searchkit.cli.wrapping import cells, runs, wrap
from searchkit.settings import SearchSettings
from tests.cli import fakes
from tests.cli.conftest import Cli

Searcher = type[fakes.FakeSearcher]
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
LONG = "우주 협력을 위한 협정은 카자흐스탄과 대한민국이 서명하였으며 supercalifragilistic 위성을 함께 개발한다 " * 3


def test_plain_text_where_there_is_no_terminal(cli: Cli) -> None:
    """Rank, title, place, language, score, snippet: no colour, no link, no wrapping."""
    result = cli("search", "과학기술", columns=40)

    assert result.lines[:4] == ["1. Title 1", "   /data/doc1.txt:17  ko  10.00", "   … 과학기술 협력을 위해 …", ""]
    assert "\x1b" not in result.out


def test_a_hit_without_title_begins_with_its_path(cli: Cli, app: Searcher) -> None:
    """No title, no empty line."""
    app.hits = (fakes.hit(title=None),)

    assert cli("search", "q").lines[0] == "1. /data/doc1.txt:17  ko  10.00"


def test_matches_are_marked_on_a_terminal(cli: Cli) -> None:
    """What matched stands out."""
    result = cli("search", "과학기술", terminal=True)

    assert "\x1b[1;33m과학기술\x1b[0m" in result.out


def test_places_are_links_on_a_terminal(cli: Cli, app: Searcher) -> None:
    """OSC 8, percent-encoded, ended by ESC backslash."""
    app.hits = (fakes.hit(path="/data/a b한.txt"),)

    result = cli("search", "q", terminal=True)

    assert "\x1b]8;;file:///data/a%20b%ED%95%9C.txt\x1b\\" in result.out
    assert "\x1b]8;;\x1b\\" in result.out


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_lines_fit_the_terminal(cli: Cli, app: Searcher, columns: int) -> None:
    """A wide character takes two columns; no line is wider than the terminal."""
    app.hits = (fakes.hit(path="/d/a.txt", title=LONG, snippets=(Snippet(LONG, ((3, 5),), 1),)),)

    result = cli("search", "q", terminal=True, columns=columns)

    assert max(text_width(line) for line in OURS.sub("", result.out).split("\n")) <= columns


@given(text=st.text(max_size=60), width=st.integers(2, 30), mark=st.tuples(st.integers(0, 60), st.integers(0, 60)))
@settings(max_examples=100, deadline=None)
def test_wrapping_loses_blanks_alone(text: str, width: int, mark: tuple[int, int]) -> None:
    """Every character is on some line, in order, and no line is too wide (an escape is never divided)."""
    line = cells(text, [(min(mark), max(mark))])

    lines = wrap(line, width)

    assert "".join(piece for part in lines for piece, _ in part).replace(" ", "") == "".join(piece for piece, _ in line).replace(" ", "")
    assert all(
        text_width("".join(piece for piece, _ in part)) <= max(width, *(text_width(piece) for piece, _ in part)) for part in lines if part
    )
    assert all(run for part in lines for run, _ in runs(part))


@pytest.mark.parametrize(
    ("arguments", "environment", "terminal", "colored"),
    [
        ([], {}, True, True),
        ([], {}, False, False),
        ([], {"NO_COLOR": "1"}, True, False),
        ([], {"NO_COLOR": ""}, True, True),
        ([], {"TERM": "dumb"}, True, False),
        (["--color", "always"], {"NO_COLOR": "1"}, False, True),
        (["--color", "never"], {}, True, False),
    ],
)
def test_colour_is_decided_by_flag_then_environment_then_place(
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    terminal: bool,  # noqa: FBT001 - a parameter
    colored: bool,  # noqa: FBT001 - a parameter
) -> None:
    """A given flag wins; NO_COLOR and TERM=dumb turn ``auto`` off."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    result = cli("search", "q", *arguments, terminal=terminal)

    assert ("\x1b[" in result.out) == colored
    assert terminal or "\x1b]" not in result.out


def test_corrections_guesses_and_limits_are_told(cli: Cli, app: Searcher) -> None:
    """On standard error, in text."""
    app.interpretation = Interpretation(
        ("kk", "ru"), corrections=(Correction("cooperaton", ("cooperation",), used=True),), limits=("100 terms for a*",), guessed=True
    )

    result = cli("search", "cooperaton")

    assert "cooperaton; looked for cooperation as well" in result.err
    assert "query taken as kk or ru" in result.err
    assert "cut short: 100 terms for a*" in result.err
    assert "2 documents in" in result.err


def test_no_hit_is_one_helpful_line(cli: Cli) -> None:
    """Status 1, nothing on standard output, and what was perhaps meant."""
    result = cli("search", "nothing")

    assert (result.status, result.out) == (1, "")
    assert result.err == "searchkit: nothing found for: nothing; did you mean: something\n"


def test_advice_fits_the_search(cli: Cli) -> None:
    """Filters are the first suspects."""
    assert cli("search", "void").err.endswith("see what is indexed with: searchkit status\n")
    assert cli("search", "--in", "ko", "void").err.endswith("; more may be found without --in\n")
    assert cli("search", "--in", "ko", "--since", "2024", "void").err.endswith("; more may be found without --in and --since\n")
    assert cli("search", "--path", "a*", "void").err.endswith("; more may be found without --path (* stops at /, ** does not)\n")
    assert cli("search", "--path", "a/**", "void").err.endswith("; more may be found without --path\n")
    assert cli("search", "").err == "searchkit: 2 documents in 0.010 s\n"


@pytest.mark.parametrize(
    ("query", "syntax", "advice"),
    [
        ("void lang:de -title:x", "full", "more may be found without lang: and title:"),
        ("void (path:news/*)", "full", "more may be found without path: (* stops at /, ** does not)"),
        ("void path:news/**", "full", "more may be found without path:"),
        ("void x path:news", "plain", "fewer words or --match any find more"),
        ("void subtitle:x", "full", "fewer words or --match any find more"),
    ],
)
def test_conditions_in_a_query_are_suspects_too(query: str, syntax: str, advice: str) -> None:
    """Fewer words would not help where it is a condition that lets nothing through."""
    result = SearchResult(query, 0, 0.01, Interpretation(("en",), "all", syntax), ())

    assert nothing_found(result, SearchSettings()).endswith(f"; {advice}")


def test_fuzzy_on_calls_no_word_unknown(cli: Cli, app: Searcher) -> None:
    """It looks for words similar to known ones too."""
    app.interpretation = Interpretation(("en",), corrections=(Correction("university", ("universities",), used=True),))

    assert "searchkit: similar to university: looked for universities as well\n" in cli("search", "--fuzzy", "on", "university").err


def test_a_pager_gets_the_output_on_wish(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``--pager`` sends a terminal's output, colours and all, through ``$PAGER``; leaving it early is no error."""
    kept = tmp_path / "kept"
    monkeypatch.setenv("PAGER", f"cat > {kept}")

    shown = cli("search", "--pager", "q", terminal=True)
    piped = cli("search", "--pager", "q")
    monkeypatch.setenv("PAGER", "true")
    left = cli("search", "--pager", "-n", "0", "q", terminal=True)

    assert (shown.out, shown.status, left.status) == ("", 0, 0)
    assert "\x1b[1mTitle 1" in kept.read_text("utf-8")
    assert piped.out
