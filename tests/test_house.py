"""The house keeps its own rules: sizes, empty doors, data with an origin, a page and a line for every command."""

import ast
import csv
import hashlib
import re
from pathlib import Path

import pytest

from searchkit.cli.main import SUMMARIES
from searchkit.languages.registry import LANGUAGES

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "searchkit"
TESTS = TOP / "tests"
DATA = PACKAGE / "languages" / "data"
MODULES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES = 400
FUNCTION_LINES = 40
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "base2", "stuff"}

TREES = {str(path.relative_to(TOP)): ast.parse(path.read_text("utf-8")) for path in MODULES}


def test_modules_are_no_longer_than_one_can_read() -> None:
    """At most 400 lines; longer ones hold two trades, or data that belongs in a file."""
    long = {name: lines for name in TREES if (lines := len((TOP / name).read_text("utf-8").splitlines())) > MODULE_LINES}

    assert not long, "help: which two trades are in it?"


def test_functions_fit_on_a_screen() -> None:
    """At most 40 lines from the name on, the docstring not counted."""
    long = {(name, node.name): _lines(node) for name, tree in TREES.items() for node in _functions(tree) if _lines(node) > FUNCTION_LINES}

    assert not long, "help: give the parts names of their own"


def test_modules_say_which_question_they_answer() -> None:
    """The head of a module is its door plate; only ``__init__`` files have none, for they are empty."""
    mute = [name for name, tree in TREES.items() if not name.endswith("__init__.py") and not ast.get_docstring(tree)]

    assert not mute, "help: which question does it answer?"


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def test_doors_are_empty() -> None:
    """What an ``__init__`` imports, every module beside it pays for, and no import contract sees it."""
    full = [str(path.relative_to(TOP)) for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE and path.read_bytes().strip()]

    assert not full


def test_no_drawer_for_odds_and_ends() -> None:
    """A module is named for its trade."""
    assert not [path for path in MODULES if path.stem.strip("_") in DRAWERS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_language_has_a_vocabulary_file(code: str) -> None:
    """``word<TAB>term<TAB>why``: the specification of its analyser."""
    if code == "other":
        return
    assert (TESTS / "languages" / "vocabulary" / f"{code}.tsv").is_file()


def _sources() -> list[dict[str, str]]:
    with (DATA / "SOURCES.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_data_files_have_an_origin() -> None:
    """Every data file has a row, every row a file, an origin and a licence."""
    rows = _sources()

    files = {str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.is_file() and path.name != "SOURCES.tsv"}
    assert {row["file"] for row in rows} == files
    assert all(row["origin"] and row["licence"] for row in rows)


@pytest.mark.parametrize("row", _sources() if (DATA / "SOURCES.tsv").is_file() else [], ids=lambda row: row["file"])
def test_data_file_is_what_its_row_says(row: dict[str, str]) -> None:
    """Its sha256 is the one that was written down."""
    assert hashlib.sha256((DATA / row["file"]).read_bytes()).hexdigest() == row["sha256"], "help: renew the row of SOURCES.tsv"


@pytest.mark.parametrize("command", SUMMARIES)
def test_command_has_a_file_a_page_and_a_line(command: str) -> None:
    """One module, one golden help page, one line in the README."""
    assert (PACKAGE / "cli" / "commands" / f"{command}.py").is_file()
    assert (TESTS / "cli" / "golden" / f"{command}.txt").is_file()
    assert f"searchkit {command}" in (TOP / "README.md").read_text("utf-8")


def test_make_targets_of_the_readme_exist() -> None:
    """Nobody is told to type what is not there."""
    told = set(re.findall(r"\bmake ([a-z]+)\b", (TOP / "README.md").read_text("utf-8")))
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert {"demo", "test"} <= told
    assert told - {"it", "sure"} <= targets


def test_set_up_compiles_every_module() -> None:
    """The stamp of the compiled modules hangs on all of them, however deep they lie."""
    rule = re.search(r"^\.venv/bytecode\.stamp:.*\$\(wildcard ([^)]*)\)", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert rule
    assert {path for pattern in rule[1].split() for path in TOP.glob(pattern)} == set(MODULES)


@pytest.mark.parametrize("name", ["build", "run", "test", "bench"])
def test_requirements_are_locked(name: str) -> None:
    """Every requirement has one version and hashes; no address, no path."""
    lines = (TOP / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if block.strip()]

    assert all(re.match(r"[\w.\[\]-]+==[\w.]+ .*--hash=sha256:", block) for block in blocks)
    assert not re.search(r"https?://|--find-links|--index-url|file:", text)


def test_nothing_is_named_that_only_one_machine_has() -> None:
    """No absolute home or work folder in what is shipped."""
    folders = re.compile(r"/(?:home|Users|root|work)/\w")
    shipped = [*MODULES, *sorted((TOP / "docs").rglob("*.md")), TOP / "README.md", TOP / "Makefile", TOP / "setup.cfg"]

    assert not [str(path.relative_to(TOP)) for path in shipped if folders.search(path.read_text("utf-8"))]
