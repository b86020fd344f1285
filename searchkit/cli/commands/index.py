"""``searchkit index``: bring the index up to date."""

from collections.abc import Mapping

import click

from searchkit.app.results import IndexReport
from searchkit.cli.help import Choice, Command
from searchkit.cli.notes import listed
from searchkit.cli.options import Count, LanguageCode, Megabytes, Seconds, common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import near_path, sanitize_line, tell
from searchkit.cli.told import Common
from searchkit.errors import SearchkitError
from searchkit.settings import IndexSettings
from searchkit.typed import Any

EXAMPLES = """
searchkit index ~/papers ~/notes
searchkit index
searchkit index --glob '*.md' --exclude drafts/ --lang de wiki
searchkit index --forget ~/notes
searchkit index --rebuild
"""
DONE, FAILED = 0, 2
SETTINGS = IndexSettings._fields
OF_A_PATH = {"--lang": "lang", "--glob": "globs", "--exclude": "excludes", "--max-size": "max_size_bytes"}
COUNTS = ("added", "updated", "unchanged", "removed", "skipped", "failed", "documents")


@click.command("index", cls=Command, examples=EXAMPLES)
@click.argument("path", nargs=-1)
@click.option("--forget", metavar="PATH", multiple=True, help="Drop a source and its documents.")
@click.option("--rebuild", is_flag=True, help="Everything anew; the old index answers until the switch.")
@click.option("--prune", is_flag=True, help="Remove the documents of a source that has vanished.")
@click.option("--lang", type=LanguageCode(), default="auto", metavar="LANG", help="Language of these documents [auto].")
@click.option("--glob", "globs", multiple=True, metavar="PATTERN", help="Read these files only (gitignore syntax).")
@click.option("--exclude", "excludes", multiple=True, metavar="PATTERN", help="Pass these files over.")
@click.option("--max-size", "max_size_bytes", type=Megabytes(), default=256 << 20, metavar="MB", help="Pass larger files over [256].")
@click.option("--jobs", type=Count(), default=0, metavar="N", help="Processes; 0 for all cores [0].")
@click.option("--memory", "memory_bytes", type=Megabytes(), default=512 << 20, metavar="MB", help="About what the run may hold [512].")
@click.option("--lock-timeout", "lock_timeout_seconds", type=Seconds(), default=10.0, metavar="SECONDS", help="Wait for a writer [10].")
@click.option("--dry-run", is_flag=True, help="List what would happen, and change nothing.")
@click.option("--strict", is_flag=True, help="Status 2 if any document failed.")
@click.option("--format", "format_", type=Choice(["auto", "text", "json"]), default="auto", help="Print a summary as JSON.")
@common_options
@click.pass_context
# Click hands over one argument an option: naming all of them again would say nothing new.
def command(ctx: click.Context, /, **given: Any) -> int:
    """Bring the index up to date with files and folders.

    Adds what is new, updates what has changed, removes what is gone. Each
    PATH is remembered as a source, with its options; without a PATH all
    remembered sources are visited (corpus/ if there are none).

    A .searchkitignore file in a folder names what is passed over there. A
    .jsonl file holds one document a line: _id, text, and title, lang, date.
    """
    common = ctx.ensure_object(Common)
    if given["forget"] and given["path"]:
        ctx.fail("--forget takes its own PATH; give no other")
    settings = IndexSettings(**{name: given[name] for name in SETTINGS})
    if not given["path"] and not given["forget"]:
        _tell_unused(common, settings)
    report = _run(common, given, settings)
    _tell(report, common, settings, as_json=given["format_"] == "json")
    return FAILED if report.vanished or (given["strict"] and report.failed) else DONE


def _tell_unused(common: Common, settings: IndexSettings) -> None:
    """Say which options have no PATH to be remembered with; ``corpus/``, the first time, takes them."""
    usual = IndexSettings()
    unused = [option for option, name in OF_A_PATH.items() if getattr(settings, name) != getattr(usual, name)]
    if common.quiet or not unused:
        return
    from searchkit.app.inspecting import status

    try:
        remembered = status(common.index, trust=common.trust).sources
    except SearchkitError:  # told by what comes next, if it matters to it
        return
    if remembered:
        tell(f"searchkit: {listed(unused)} not used: sources keep the options of their PATH; give it again to change them")


def _run(common: Common, given: Mapping[str, Any], settings: IndexSettings) -> IndexReport:
    from searchkit.app import indexing
    from searchkit.cli.progress import shown_progress

    if given["forget"]:
        return _joined([indexing.forget(common.index, path, settings, trust=common.trust) for path in given["forget"]])
    with shown_progress(quiet=common.quiet, color=common.color) as progress:
        return indexing.update(common.index, list(given["path"]) or None, settings, progress=progress, trust=common.trust)


def _joined(reports: list[IndexReport]) -> IndexReport:
    removed = sum(report.removed for report in reports)
    last = reports[-1]
    return IndexReport(
        removed=removed,
        documents=last.documents,
        unchanged=last.unchanged,
        seconds=sum(report.seconds for report in reports),
        problems=tuple(problem for report in reports for problem in report.problems),
        actions=tuple(action for report in reports for action in report.actions),
    )


def _tell(report: IndexReport, common: Common, settings: IndexSettings, *, as_json: bool) -> None:
    dry_run = settings.dry_run
    for problem in report.problems:
        place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        tell(sanitize_line(f"searchkit: {place}: {problem.reason}"))
    for path in report.vanished:
        kept = "could not be kept; drop the source with" if settings.rebuild else "stay; drop them with --prune, or the source with"
        tell(sanitize_line(f"searchkit: {path}: the source is gone, its documents {kept} --forget"))
    if common.quiet:
        return
    with opened(common) as screen:
        if as_json:
            screen.write(json_text(_record(report, dry_run=dry_run), ascii_only=screen.ascii_only) + "\n")
        elif dry_run:
            for what, path in report.actions:
                screen.write(sanitize_line(f"{what:<7} {near_path(path)}") + "\n")
        screen.flush()
    tell(f"searchkit: {_summary(report, dry_run=dry_run)}")


def _record(report: IndexReport, *, dry_run: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        **{name: getattr(report, name) for name in COUNTS},
        "seconds": report.seconds,
    }
    record["problems"] = [{name: value for name, value in problem._asdict().items() if value is not None} for problem in report.problems]
    if report.vanished:
        record["vanished"] = list(report.vanished)
    if dry_run:
        record["actions"] = [{"action": what, "path": path} for what, path in report.actions]
    return record


def _summary(report: IndexReport, *, dry_run: bool) -> str:
    changes = [f"{getattr(report, name)} {name}" for name in COUNTS[:-1] if getattr(report, name) or name == "added"]
    would = "would be " if dry_run else ""
    documents = f"{report.documents} document{'s' if report.documents != 1 else ''}"
    return f"{would}{', '.join(changes)}; {documents} in {report.seconds:.1f} s"
