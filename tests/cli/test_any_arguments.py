"""Whatever is typed, there is a status and no traceback; in earnest under ``make soak``."""

import os
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.cli.main import SUMMARIES
from tests.cli.conftest import Cli

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OPTIONS = re.findall(
    r"--[a-z-]+",
    "--limit --offset --lang --in --path --since --until --match --exact --fuzzy --sort --syntax --snippets --context --explain --paths "
    "--null --count --format --queries --index --color --quiet --debug --help --version --forget --rebuild --prune --glob --exclude "
    "--max-size --jobs --memory --lock-timeout --dry-run --strict --run --compare --measures --per-query --qrels",
)
VALUES = [
    "0",
    "3",
    "-1",
    "auto",
    "ko",
    "json",
    "jsonl",
    "tsv",
    "csv",
    "grep",
    "trec",
    "text",
    "any",
    "2024-02",
    "date",
    "/no/such",
    "-",
    "--",
    "q",
]
arguments = st.lists(
    st.one_of(st.sampled_from([*SUMMARIES, *OPTIONS, *VALUES]), st.text(st.characters(exclude_characters="\x00"), max_size=8)), max_size=7
)


def _holds(cli: Cli) -> Callable[[list[str], bytes], None]:
    def holds(typed: list[str], stdin: bytes) -> None:
        result = cli(*typed, stdin=stdin)

        assert result.status in {0, 1, 2}
        assert "internal error" not in result.err or "boom" in "".join(typed) + stdin.decode("utf-8", "replace")
        assert not CONTROL.search((result.out if "-0" not in typed and "--null" not in typed else "").replace("\r\n", "\n"))

    return holds


@pytest.mark.skipif("SEARCHKIT_SOAK" in os.environ, reason="the long run is the one that counts")
def test_any_arguments_are_answered(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short run on every change."""
    monkeypatch.delenv("PAGER", raising=False)
    holds = _holds(cli)
    run = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))(
        given(arguments, st.binary(max_size=30))(holds)
    )

    run()


@pytest.mark.soak
def test_any_arguments_are_answered_for_long(cli: Cli) -> None:
    """Ten thousand command lines."""
    holds = _holds(cli)
    run = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))(
        given(arguments, st.binary(max_size=30))(holds)
    )

    run()
