"""``searchkit eval`` runs topics, measures what comes back, keeps and compares runs."""

import json
from pathlib import Path

import pytest

from searchkit.settings import SearchSettings
from tests.cli import fakes
from tests.cli.conftest import Cli

Searcher = type[fakes.FakeSearcher]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Give topics and judgements."""
    queries, qrels = tmp_path / "queries.jsonl", tmp_path / "qrels.tsv"
    queries.write_text("".join(json.dumps({"_id": name, "text": f"about {name}"}) + "\n" for name in ("q1", "q2", "extra")), "utf-8")
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\ta b\t1\nq2\tc\t1\n", "utf-8")
    return str(queries), str(qrels)


def test_measures_are_printed(cli: Cli, app: Searcher, files: tuple[str, str]) -> None:
    """Means over the judged queries, by default nDCG@10, RR@10 and R@100; queries are plain and none is run for nothing."""
    app.hits = (fakes.hit(1, id="x"), fakes.hit(2, id="a b"))

    result = cli("eval", "--queries", files[0], "--qrels", files[1])

    assert result.lines == ["nDCG@10\t0.3155", "RR@10\t0.2500", "R@100\t0.5000"]
    assert app.asked == [
        (f"about {name}", SearchSettings(limit=100, syntax="plain", snippets=0, matched=False, timeout_seconds=0)) for name in ("q1", "q2")
    ]
    assert result.status == 0


def test_per_query_and_json(cli: Cli, app: Searcher, files: tuple[str, str]) -> None:
    """Every judged query, then all."""
    app.hits = (fakes.hit(1, id="a b"),)
    arguments = ["eval", "--queries", files[0], "--qrels", files[1], "--measures", "RR@10, P@1", "--per-query"]

    text, record = cli(*arguments), json.loads(cli(*arguments, "--format", "json").out)

    assert text.lines == [
        "q1\tRR@10\t1.0000",
        "q1\tP@1\t1.0000",
        "q2\tRR@10\t0.0000",
        "q2\tP@1\t0.0000",
        "all\tRR@10\t0.5000",
        "all\tP@1\t0.5000",
    ]
    assert record == {
        "schema_version": 1,
        "queries": 2,
        "measures": {"RR@10": 0.5, "P@1": 0.5},
        "per_query": {"q1": {"RR@10": 1.0, "P@1": 1.0}, "q2": {"RR@10": 0.0, "P@1": 0.0}},
    }


def test_runs_are_kept_measured_and_compared(cli: Cli, app: Searcher, files: tuple[str, str], tmp_path: Path) -> None:
    """A run that was written gives the same figures; a comparison gives both p-values."""
    app.hits = (fakes.hit(1, id="x"), fakes.hit(2, id="a b"))
    kept, other = str(tmp_path / "kept.run"), tmp_path / "other.run"
    other.write_text("q1 Q0 a%20b 1 2.0 other\nq2 Q0 c 1 1.0 other\n", "utf-8")

    first = cli("eval", "--queries", files[0], "--qrels", files[1], "--write-run", kept)
    again = cli("eval", "--run", kept, "--qrels", files[1])
    compared = json.loads(cli("eval", "--run", str(other), "--qrels", files[1], "--compare", kept, "--format", "json").out)

    assert Path(kept).read_text("utf-8").splitlines()[1] == "q1 Q0 a%20b 2 5.0 searchkit"
    assert again.out == first.out
    assert compared["comparison"]["RR@10"]["difference"] == 0.75
    assert set(compared["comparison"]["RR@10"]) == {"difference", "wins", "losses", "ties", "t_test", "randomization"}
    assert "2 better, 0 worse" in cli("eval", "--run", str(other), "--qrels", files[1], "--compare", kept).out


def test_missing_queries_are_told(cli: Cli, files: tuple[str, str], tmp_path: Path) -> None:
    """They count as 0, and that is said."""
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "t"}\n', "utf-8")

    assert "1 of 2 judged queries are not in" in cli("eval", "--queries", files[0], "--qrels", files[1]).err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--measures", "nDCG@10 Foo@3"], "no measure 'Foo@3'"),
        (["--measures", "P"], "P needs a cutoff, as in P@10"),
        (["--measures", " "], "--measures: no name"),
        (["--run", "x"], "--queries or --run, not both"),
        (["--compare", "/no/run"], "/no/run"),
        (["--write-run", "/no/folder/run"], "cannot write /no/folder/run"),
    ],
)
def test_mistakes_are_one_line(cli: Cli, files: tuple[str, str], arguments: list[str], told: str) -> None:
    """Status 2."""
    result = cli("eval", "--queries", files[0], "--qrels", files[1], *arguments)

    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert told in result.err


def test_a_long_ranking_for_measures_without_cutoff(cli: Cli, app: Searcher, files: tuple[str, str]) -> None:
    """AP looks at a thousand hits; ``-n`` says otherwise."""
    cli("eval", "--queries", files[0], "--qrels", files[1], "--measures", "AP")
    cli("eval", "--queries", files[0], "--qrels", files[1], "--measures", "AP", "-n", "7")

    assert {settings.limit for _, settings in app.asked[:2]} == {1000}
    assert {settings.limit for _, settings in app.asked[2:]} == {7}
