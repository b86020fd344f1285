"""What may the program import before it answers?  Static contracts miss what a package's __init__ pulls in; a fresh process does not."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = {
    "mecab",
    "pymorphy3",
    "dawg_python",
    "simplemma",
    "Stemmer",
    "py3langid",
    "selectolax",
    "charset_normalizer",
    "rapidfuzz",
    "rich",
    "whoosh",
    "numpy",
}
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}


def _loaded(*arguments: str) -> set[str]:
    """Run the program and give the names of all packages that it imported."""
    code = (
        f"import sys; sys.argv[1:] = {list(arguments)!r}\nfrom searchkit.__main__ import main\nmain()\nprint(*sys.modules, file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, env=ENVIRONMENT | _path(), check=True)
    return set(result.stderr.split("\n")[-2].split())


def _path() -> dict[str, str]:
    # -S: without site, so that what site itself imports is not taken for ours.
    return {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *(path for path in sys.path if path.endswith("site-packages"))])}


def test_version_imports_nothing_at_all() -> None:
    """Two of our own modules, and what an interpreter has by itself."""
    nothing = subprocess.run([sys.executable, "-S", "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True)

    new = _loaded("--version") - set(nothing.stdout.split())

    assert new == {"searchkit", "searchkit.__main__", "searchkit._version"}


def test_version_takes_less_than_five_empty_interpreters() -> None:
    """The best of several runs each, side by side: a busy machine slows down both."""

    def best(*command: str) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, env=ENVIRONMENT, check=True)
            times.append(time.perf_counter() - began)
        return min(times)

    assert best("-m", "searchkit", "--version") < 5 * best("-c", "pass")


def test_help_imports_click_and_nothing_heavy() -> None:
    """No numpy, no dictionary, no Rich."""
    loaded = {name.partition(".")[0] for name in _loaded("search", "--help")}

    assert "click" in loaded
    assert not HEAVY & loaded


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Index a Korean, a Russian and an English document."""
    folder = tmp_path_factory.mktemp("cold")
    for name, text in {
        "ko": "과학기술 협력을 강화한다.",
        "ru": "Подписаны соглашения о науке.",
        "en": "The universities cooperate.",
    }.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "searchkit", "--index", str(folder / "index"), "index", "--jobs", "1", str(folder)]
    subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=True, cwd=Path(__file__).parents[1])
    return str(folder / "index")


@pytest.mark.parametrize(
    ("query", "analysers"),
    [("협력", set()), ("соглашение", set()), ("universities", {"Stemmer"})],
    ids=["ko", "ru", "en"],
)
def test_a_search_imports_what_its_language_needs(index: str, query: str, analysers: set[str]) -> None:
    """A Korean word loads no Russian dictionary, and nothing that reads or writes."""
    loaded = {name.partition(".")[0] for name in _loaded("--index", index, "search", query)}

    # numpy is what answers; everything else that is heavy belongs to a language, to indexing or to a terminal.
    assert HEAVY & loaded <= analysers | {"numpy"}
    assert not {"multiprocessing", "asyncio", "concurrent", "scipy", "pathspec"} & loaded


SLOW = {
    "re",
    "typing",
    "json",
    "pathlib",
    "inspect",
    "tempfile",
    "dataclasses",
    "logging",
    "importlib.util",
    "importlib.metadata",
    "importlib.resources",
}
"""Of the standard library: each costs a quarter of an empty interpreter and more."""


def _loaded_by(code: str) -> set[str]:
    """Run some Python and give the names of all modules that it imported."""
    result = subprocess.run(
        [sys.executable, "-S", "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT | _path(),
        check=True,
    )
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("code", "word", "analysers"),
    [
        ("ko", "교육", {"_mecab"}),
        ("de", "Energie", {"Stemmer"}),
        ("de", "cooperation", {"Stemmer"}),  # which German does not know
        ("en", "windmills", {"Stemmer"}),
        ("en", "zooperation", {"Stemmer"}),
        ("kk", "мектеп", set()),
        ("kk", "gylym", set()),
        ("ru", "энергетика", set()),
        ("ru", "зюзюканская", set()),
        ("other", "łódź", set()),
    ],
)
def test_the_first_word_of_a_language_imports_nothing_slow(code: str, word: str, analysers: set[str]) -> None:
    """What a language needs lies ready: no package is imported but the extension that stems or tags."""
    code = f"from searchkit.languages.registry import language; language({code!r}).query({word!r})"
    _loaded_by(code)  # what can be made again is made: word lists, patterns
    loaded = _loaded_by(code)

    assert not SLOW & loaded
    assert (HEAVY | {"_mecab"}) & loaded == analysers


def test_planning_imports_nothing_slow() -> None:
    """Everything that makes a plan of a query, before any language is met."""
    loaded = _loaded_by("import searchkit.planning.compile, searchkit.query.syntax")

    assert not (SLOW | HEAVY) & loaded


def test_a_known_word_needs_nothing_that_corrects(index: str) -> None:
    """Keyboards, slips, candidates: a fifth of an empty interpreter, for words that the index does not have."""
    loaded = _loaded("--index", index, "search", "universities")

    assert not {"searchkit.planning.spelling", "searchkit.planning.edits", "searchkit.planning.keyboards", "importlib.util"} & loaded


def test_words_that_the_index_knows_load_no_other_language(index: str) -> None:
    """Whether two words are one is asked of every language, but only where one of them is unknown."""
    loaded = _loaded("--index", index, "search", "the universities cooperate")

    assert "searchkit.languages.english" in loaded
    assert not {"_mecab", "searchkit.languages.korean", "searchkit.languages.russian", "searchkit.languages.kazakh"} & loaded
