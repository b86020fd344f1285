"""``searchkit status``: what is in the index?"""

import click

from searchkit.app.results import IndexStatus
from searchkit.cli.help import Choice, Command
from searchkit.cli.options import common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import DETAIL, TITLE, sanitize_line
from searchkit.cli.told import Common

EXAMPLES = """
searchkit status
searchkit status --format json | jq .languages
"""


@click.command("status", cls=Command, examples=EXAMPLES)
@click.option("--format", "format_", type=Choice(["auto", "text", "json"]), default="auto", help="Output format [text].")
@common_options
@click.pass_context
def command(ctx: click.Context, format_: str) -> int:
    """Tell what is in the index: documents by language, size, sources, versions."""
    from searchkit.app.inspecting import status

    common = ctx.ensure_object(Common)
    found = status(common.index, trust=common.trust)
    if common.quiet:
        return 0
    with opened(common) as screen:
        if format_ == "json":
            sources = [source._asdict() for source in found.sources]
            record = {"schema_version": SCHEMA_VERSION, **found._asdict(), "sources": sources}
            screen.write(json_text(record, ascii_only=screen.ascii_only) + "\n")
        else:
            for name, value in _rows(found):
                label = screen.paint(f"{name:<12}", TITLE) if name else " " * 12
                screen.write(f"{label}{sanitize_line(value)}\n")
            for code in found.outdated:
                screen.write(
                    screen.paint(
                        f"the analyser of {sanitize_line(code)} has changed: bring it up to date with searchkit index --rebuild", DETAIL
                    )
                    + "\n"
                )
    return 0


def _rows(found: IndexStatus) -> list[tuple[str, str]]:
    languages = ", ".join(f"{code} {count}" for code, count in found.languages.items()) or "none"
    rows: list[tuple[str, str]] = [
        ("index", found.path),
        ("documents", str(found.documents)),
        ("languages", languages),
        ("size", readable_size(found.size_bytes)),
        ("generation", f"{found.generation}, {found.segments} segment{'s' if found.segments != 1 else ''}"),
        ("updated", found.updated),
        ("analysers", ", ".join(f"{code} {version}" for code, version in found.analyzers.items()) or "none"),
    ]
    for at, source in enumerate(found.sources):
        options = "".join(f" --{name} {value}" for name, value in source.options.items())
        rows.append(("" if at else "sources", f"{source.path}{options} ({source.documents})"))
    return rows


def readable_size(size_bytes: int) -> str:
    """Give a size in the unit in which it has one to four digits.

    >>> readable_size(999), readable_size(65_536)
    ('999 bytes', '64.0 KB')
    """
    size: float = size_bytes
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":  # noqa: PLR2004 - bytes in a kilobyte
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError
