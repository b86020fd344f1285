"""``searchkit analyze``: which terms is a text indexed under?"""

import sys

import click

from searchkit.app.results import AnalyzedToken
from searchkit.cli.help import Choice, Command
from searchkit.cli.options import LanguageCode, common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import DETAIL, MATCH, TITLE, Screen, sanitize_line, text_width
from searchkit.cli.told import Common

EXAMPLES = """
searchkit analyze 과학기술정보통신부
searchkit analyze --lang de Windkraftanlagen
searchkit analyze --format json - < page.txt
"""


@click.command("analyze", cls=Command, examples=EXAMPLES)
@click.argument("text", nargs=-1, required=True)
@click.option("--lang", type=LanguageCode(), default="auto", metavar="LANG", help="Language of the text [auto].")
@click.option("--format", "format_", type=Choice(["auto", "text", "json"]), default="auto", help="Output format [text].")
@common_options
@click.pass_context
def command(ctx: click.Context, text: tuple[str, ...], lang: str, format_: str) -> int:
    """Show the terms that a TEXT is indexed under, channel by channel.

    Each word comes with its place in the text; each term with its position.
    The text - reads standard input.
    """
    from searchkit.app.inspecting import analyze

    common = ctx.ensure_object(Common)
    tokens = analyze(_standard_input() if text == ("-",) else " ".join(text), lang)
    if common.quiet:
        return 0
    with opened(common) as screen:
        if format_ == "json":
            record = {"schema_version": SCHEMA_VERSION, "tokens": [token._asdict() for token in tokens]}
            screen.write(json_text(record, ascii_only=screen.ascii_only) + "\n")
        else:
            width = max((text_width(sanitize_line(token.text)) for token in tokens), default=0)
            for token in tokens:
                _print(token, width, screen)
    return 0


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape") if sys.stdin else ""


def _print(token: AnalyzedToken, width: int, screen: Screen) -> None:
    word = sanitize_line(token.text)
    padding = " " * (width - text_width(word))
    place = f"{token.start}-{token.end}".rjust(9)
    screen.write(
        f"{screen.paint(word, MATCH)}{padding}  {screen.paint(place, DETAIL)}  {sanitize_line(token.lang)}  position {token.position}\n"
    )
    for channel, terms in token.terms.items():
        if terms:
            listed = "  ".join(sanitize_line(f"{term}@{position}") for term, position in terms)
            screen.write(f"  {screen.paint(f'{channel:<5}', TITLE)} {listed}\n")
