"""A mistake costs one line and status 2; nobody sees a traceback who did not ask."""

import pytest

from searchkit.cli.main import SUMMARIES
from searchkit.errors import IndexMissingError
from tests.cli import fakes
from tests.cli.conftest import Cli

Searcher = type[fakes.FakeSearcher]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("serach q", "no such command: serach; did you mean search?"),
        ("xyzzy q", "no such command: xyzzy; see searchkit --help"),
        ("hull q", "no such command: hull; see searchkit --help"),
        ("help serach", "no such command: serach; did you mean search?"),
        ("-V", "no such option: -V; see searchkit --help"),
        ("--limit 3 search q", "no such option: --limit; it comes after the command's name: searchkit search --limit"),
        ("-n 3 eval", "no such option: -n; it comes after the command's name: searchkit eval -n"),
        ("--rebuild", "no such option: --rebuild; it comes after the command's name: searchkit index --rebuild"),
        ("search q --limt 3", "no such option: --limt; did you mean --limit?"),
        ("--indx d search q", "no such option: --indx; did you mean --index?"),
        ("index --rebiuld", "no such option: --rebiuld; did you mean --rebuild?"),
        ("search q --format jsno", "did you mean 'json'?"),
        ("search q --format", "option '--format' requires an argument"),
        ("search -word", "comes after --"),
        ("search", "no query"),
        ("search q --queries f", "not from both"),
        ("search q --limit -1", "'-1' is no whole number from 0"),
        ("search q --limit ten", "'ten' is no whole number from 0"),
        ("search q --since yesterday", "'yesterday' is no date"),
        ("search q --until 2024-13", "'2024-13' is no date"),
        ("search q --until 2023-02-29", "'2023-02-29' is no date"),
        ("search q --lang Deutsch!", "'Deutsch!' is no language code"),
        ("search q --in auto-", "no language code"),
        ("search --queries /no/such/file", "no such file or directory"),
        ("index --memory lots", "'lots' is no size"),
        ("index --jobs -2", "'-2' is no whole number"),
        ("index --lock-timeout soon", "'soon' is no number of seconds"),
        ("status extra", "unexpected extra argument"),
        ("show", "missing argument 'ID|PATH'"),
        ("eval --qrels q", "give --queries FILE"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(cli: Cli, arguments: str, told: str) -> None:
    """What is wrong, and what to do."""
    result = cli(*arguments.split())

    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert told in result.err
    assert result.err.startswith("searchkit: ")


def test_a_query_error_marks_its_position(cli: Cli) -> None:
    """The mark stands under the character, wide ones counted as two columns."""
    result = cli("search", "bad")

    assert result.status == 2
    assert result.err.splitlines() == ["searchkit: a bracket is not closed; write )", "  한국 (bad", "       ^"]


def test_a_fault_of_ours_is_one_line(cli: Cli) -> None:
    """No traceback; its text is sanitised as well."""
    result = cli("search", "boom")

    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "internal error: KeyError" in result.err
    assert "\x1b" not in result.err


@pytest.mark.parametrize("arguments", [("--debug", "search", "boom"), ("search", "boom", "--debug")])
def test_debug_adds_the_traceback(cli: Cli, arguments: tuple[str, ...]) -> None:
    """Before or after the command's name."""
    result = cli(*arguments)

    assert result.err.startswith("searchkit: internal error")
    assert "Traceback (most recent call last)" in result.err


def test_errors_of_the_index_say_what_to_do(cli: Cli, app: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Message and hint on one line."""

    def refuse(self: fakes.FakeSearcher, index: str, *, trust: bool) -> None:
        del self, trust
        raise IndexMissingError(index)

    monkeypatch.setattr(app, "__init__", refuse)

    assert cli("search", "q").err == "searchkit: no index in index; make one with: searchkit index FOLDER\n"


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (KeyboardInterrupt(), 130, ""),
        (MemoryError(), 2, "out of memory"),
        (RecursionError("deep"), 2, "internal error: RecursionError"),
        (PermissionError(13, "Permission denied", "/data/x\n"), 2, r"/data/x\n: permission denied"),
        (FileNotFoundError(2, "No such file or directory"), 2, "the current folder is gone; change to another"),
        (OSError(28, "No space left on device"), 2, "standard output: no space left on device"),
    ],
)
def test_every_exception_becomes_a_status(
    cli: Cli, app: Searcher, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, told: str
) -> None:
    """Whatever happens, there is a status, and one line or none."""

    def fail(self: fakes.FakeSearcher, query: str, settings: object) -> None:
        del self, query, settings
        raise error

    monkeypatch.setattr(app, "search", fail)

    result = cli("search", "q")

    assert (result.status, result.err.count("\n")) == (status, bool(told))
    assert told in result.err


def test_no_command_shows_the_help_and_is_an_error(cli: Cli) -> None:
    """On standard error: it is no data."""
    result = cli()

    assert (result.status, result.out) == (2, "")
    assert "Examples:" in result.err


@pytest.mark.parametrize("name", ["", *SUMMARIES])
def test_help_is_a_command_too(cli: Cli, name: str) -> None:
    """``searchkit help search`` is what many programs taught us to type."""
    page = cli("help", *name.split())

    assert (page.status, page.err) == (0, "")
    assert page.out == cli(*name.split(), "--help").out


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_knows_the_common_options(cli: Cli, name: str) -> None:
    """``--index --color --pager --quiet --debug --version --help``, before and after its name."""
    page = cli(name, "-h").out

    assert all(option in page for option in ("--index", "--color", "--pager", "--quiet", "--debug", "--version", "--help"))
    assert cli(name, "--version").out == cli("--version").out
    assert cli("--index", "x", "--color", "never", "-q", "--debug", name, "--help").out == page
