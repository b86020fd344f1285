"""``searchkit show``: what does the index hold of a document?"""

import os

import click

from searchkit.app.results import ShownDocument
from searchkit.cli.help import Choice, Command
from searchkit.cli.options import common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import PLACE, TITLE, Screen, near_path, sanitize, sanitize_line
from searchkit.cli.told import Common
from searchkit.errors import NotFoundError

EXAMPLES = """
searchkit show corpus/de/energie.md
searchkit show --format json record-17 | jq -r .text
"""


@click.command("show", cls=Command, examples=EXAMPLES)
@click.argument("name", metavar="ID|PATH")
@click.option("--format", "format_", type=Choice(["auto", "text", "json"]), default="auto", help="Output format [text].")
@common_options
@click.pass_context
def command(ctx: click.Context, name: str, format_: str) -> int:
    """Print the stored text and the fields of a document.

    Several documents may have one id or lie in one file: all are printed, as
    JSON one object a line.
    """
    common = ctx.ensure_object(Common)
    documents = _find(common, name)
    if common.quiet:
        return 0
    with opened(common) as screen:
        for at, document in enumerate(documents):
            if format_ == "json":
                screen.write(json_text({"schema_version": SCHEMA_VERSION, **document._asdict()}, ascii_only=screen.ascii_only) + "\n")
            else:
                screen.write("\n" * bool(at))
                _print(document, screen)
    return 0


def _find(common: Common, name: str) -> list[ShownDocument]:
    from searchkit.app.inspecting import show

    try:
        return show(common.index, name, trust=common.trust)
    except NotFoundError:
        absolute = os.path.abspath(name)
        if absolute == name:
            raise
        try:
            return show(common.index, absolute, trust=common.trust)
        except NotFoundError:
            pass
        raise


def _print(document: ShownDocument, screen: Screen) -> None:
    fields = {"title": document.title or "", "lang": document.lang, "date": document.date or "", **document.metadata}
    place = sanitize_line(f"{near_path(document.path)}:{document.line}")
    screen.write(f"{screen.paint('path', TITLE)}: {screen.link(screen.paint(place, PLACE), document.path)}\n")
    if document.id != document.path:
        screen.write(f"{screen.paint('id', TITLE)}: {sanitize_line(document.id)}\n")
    for name, value in fields.items():
        if value:
            screen.write(f"{screen.paint(sanitize_line(name), TITLE)}: {sanitize_line(value)}\n")
    screen.write(f"\n{sanitize(document.text)}\n")
