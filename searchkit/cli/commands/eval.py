"""``searchkit eval``: how good are the results?"""

from collections.abc import Mapping, Sequence

import click

from searchkit.cli.help import Choice, Command
from searchkit.cli.options import Count, LanguageCode, common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import DETAIL, TITLE, Screen, sanitize_line, tell
from searchkit.cli.told import Common
from searchkit.errors import StorageError
from searchkit.evaluation.measures import Evaluation, parse_measure
from searchkit.evaluation.runs import Run
from searchkit.evaluation.significance import Comparison
from searchkit.settings import SearchSettings
from searchkit.typed import Any

EXAMPLES = """
searchkit eval --queries queries.jsonl --qrels qrels.tsv
searchkit eval --queries q.jsonl --qrels q.tsv --measures 'nDCG@10 AP'
searchkit eval --queries q.jsonl --qrels q.tsv --write-run new.run
searchkit eval --qrels qrels.tsv --run new.run --compare old.run
"""
DEFAULT_MEASURES = "nDCG@10 RR@10 R@100"


@click.command("eval", cls=Command, examples=EXAMPLES)
@click.option("--queries", metavar="FILE", help="Topics: JSON Lines with _id and text, or ID<TAB>QUERY in a .tsv.")
@click.option("--qrels", metavar="FILE", required=True, help="Judgements: BEIR (header) or TREC.")
@click.option("--run", "run_path", metavar="FILE", help="Measure this TREC run instead of searching.")
@click.option("--write-run", metavar="FILE", help="Write what was found as a TREC run.")
@click.option("--compare", metavar="RUN", help="Test the difference to this TREC run, the baseline.")
@click.option("--measures", default=DEFAULT_MEASURES, metavar="NAMES", help=f"Names of ir-measures [{DEFAULT_MEASURES}].")
@click.option("--per-query", is_flag=True, help="Print the measures of every query as well.")
@click.option("-n", "--limit", type=Count(), metavar="N", help="Hits a query [the largest cutoff, at least 100].")
@click.option("--lang", type=LanguageCode(), default="auto", metavar="LANG", help="Language of the queries [auto].")
@click.option("--format", "format_", type=Choice(["auto", "text", "json"]), default="auto", help="Output format [text].")
@common_options
@click.pass_context
# Click hands over one argument an option: naming all of them again would say nothing new.
def command(ctx: click.Context, /, **given: Any) -> int:
    """Measure search results against judgements.

    Runs the queries (as plain text) and prints the mean of each measure over
    all judged queries. A query without an answer counts as 0.
    """
    from searchkit.app.evaluating import compare_evaluations, evaluate_results
    from searchkit.evaluation.qrels import read_qrels
    from searchkit.evaluation.runs import read_run

    common = ctx.ensure_object(Common)
    measures = _measures(given["measures"], ctx)
    if (given["queries"] is None) == (given["run_path"] is None):
        ctx.fail(
            "give --queries FILE to search, or --run FILE to measure a run"
            if given["queries"] is None
            else "give --queries or --run, not both"
        )
    qrels = read_qrels(given["qrels"])
    baseline = evaluate_results(read_run(given["compare"]), qrels, measures) if given["compare"] else None
    if given["run_path"] is not None:
        run = read_run(given["run_path"])
        evaluation = evaluate_results(run, qrels, measures)
    else:
        evaluation, run = _searched(common, given, qrels, measures)
    if given["write_run"]:
        _write_run(given["write_run"], run)
    comparisons = compare_evaluations(baseline, evaluation) if baseline else {}
    if not common.quiet:
        with opened(common) as screen:
            if given["format_"] == "json":
                record = _record(evaluation, comparisons, per_query=given["per_query"])
                screen.write(json_text(record, ascii_only=screen.ascii_only) + "\n")
            else:
                _print(evaluation, comparisons, screen, per_query=given["per_query"])
    return 0


def _measures(names: str, ctx: click.Context) -> list[str]:
    try:
        measures = [str(parse_measure(name)) for name in names.replace(",", " ").split()]
    except ValueError as error:
        ctx.fail(f"--measures: {error}")
    if not measures:
        ctx.fail(f"--measures: no name; write some, as in {DEFAULT_MEASURES}")
    return list(dict.fromkeys(measures))


def _searched(
    common: Common, given: Mapping[str, Any], qrels: dict[str, dict[str, int]], measures: Sequence[str]
) -> tuple[Evaluation, Run]:
    from searchkit.app.evaluating import evaluate
    from searchkit.app.searching import Searcher
    from searchkit.evaluation.topics import read_topics

    topics = read_topics(given["queries"])
    limit = given["limit"]
    if limit is None:
        # Measures over everything found (AP, SetP) want a long ranking: TREC's thousand.
        limit = max([100, *(parse_measure(name).cutoff or 1000 for name in measures)])
    settings = SearchSettings(limit=limit, lang=given["lang"], syntax="plain", snippets=0, matched=False, timeout_seconds=0)
    with Searcher(common.index, trust=common.trust) as searcher:
        found = evaluate(searcher, topics, qrels, measures, settings)
    missing = len(qrels.keys() - {topic.id for topic in topics})
    if missing and not common.quiet:
        tell(f"searchkit: {missing} of {len(qrels)} judged queries are not in {given['queries']}; they count as 0")
    return found


def _write_run(path: str, run: Run) -> None:
    from searchkit.evaluation.runs import run_lines

    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(line + "\n" for line in run_lines(run))
    except OSError as error:
        raise StorageError(path, error.strerror or str(error), hint="give --write-run another place") from error


def _record(evaluation: Evaluation, comparisons: Mapping[str, Comparison], *, per_query: bool) -> dict[str, Any]:
    record: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "queries": len(evaluation.topics), "measures": evaluation.mean}
    if comparisons:
        record["comparison"] = {name: comparison._asdict() for name, comparison in comparisons.items()}
    if per_query:
        record["per_query"] = evaluation.topics
    return record


def _print(evaluation: Evaluation, comparisons: Mapping[str, Comparison], screen: Screen, *, per_query: bool) -> None:
    if per_query:
        for topic, values in evaluation.topics.items():
            for name, value in values.items():
                screen.write(f"{sanitize_line(topic)}\t{name}\t{value:.4f}\n")
    for name, value in evaluation.mean.items():
        lead = "all\t" if per_query else ""
        screen.write(f"{lead}{screen.paint(name, TITLE)}\t{value:.4f}{_compared(comparisons.get(name), screen)}\n")


def _compared(comparison: Comparison | None, screen: Screen) -> str:
    if comparison is None:
        return ""
    tests = f"p {_chance(comparison.t_test)} (t-test), {_chance(comparison.randomization)} (randomisation)"
    return screen.paint(f"\t{comparison.difference:+.4f}\t{comparison.wins} better, {comparison.losses} worse\t{tests}", DETAIL)


def _chance(p: float) -> str:
    least = 0.0001
    return f"{p:.4f}" if p >= least else f"<{least}"
