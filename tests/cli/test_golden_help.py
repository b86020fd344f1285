"""The help pages are those that were agreed upon, byte by byte.

Renew them with ``SEARCHKIT_GOLDEN=renew python -m pytest tests/cli/test_golden_help.py``
and read the difference before you commit it.
"""

import os
from pathlib import Path

import pytest

from searchkit.cli.main import SUMMARIES
from tests.cli.conftest import Cli

GOLDEN = Path(__file__).parent / "golden"
GUIDE = Path(__file__).parents[2] / "docs" / "cli.md"
PAGES = ["searchkit", *SUMMARIES]


def _page(cli: Cli, name: str) -> bytes:
    return cli(*([] if name == "searchkit" else [name]), "--help").raw


def _guide(pages: dict[str, str]) -> str:
    head = "# Help pages\n\nWhat `searchkit COMMAND --help` prints; written by the tests, so never out of date.\n"
    return head + "".join(
        f"\n## {name if name == 'searchkit' else f'searchkit {name}'}\n\n```text\n{page}```\n" for name, page in pages.items()
    )


def _compare(path: Path, content: bytes) -> None:
    if os.environ.get("SEARCHKIT_GOLDEN") == "renew":
        path.write_bytes(content)
    assert path.read_bytes() == content, f"{path.name} differs\nhelp: if the change is meant, see the head of {Path(__file__).name}"


@pytest.mark.parametrize("name", PAGES)
def test_help_page_is_the_golden_one(cli: Cli, name: str) -> None:
    """A change of an option shows in the difference of a file."""
    _compare(GOLDEN / f"{name}.txt", _page(cli, name))


def test_there_is_no_golden_page_too_many() -> None:
    """A command that went takes its page along."""
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_help_begins_with_examples_and_fits_80_columns(cli: Cli, name: str) -> None:
    """Examples stand before anything else but the usage line."""
    lines = _page(cli, name).decode().split("\n")

    assert lines[2] == "Examples:"
    assert max(map(len, lines)) <= 80


def test_examples_parse(cli: Cli) -> None:
    """Nobody is shown an option that is not there: every long option of an example stands on its page."""
    for name in SUMMARIES:
        page = _page(cli, name).decode()
        examples, _, options = page.partition("Options:")
        used = {word.partition("=")[0] for word in examples.split() if word[:2] == "--" and word[2:3].isalpha()}
        assert used <= set(options.replace(",", " ").split()) | {"--help"}, name


def test_the_guide_holds_every_page(cli: Cli) -> None:
    """``docs/cli.md`` is written from the pages."""
    pages = {name: _page(cli, name).decode() for name in PAGES}

    _compare(GUIDE, _guide(pages).encode())
