"""Which commands are there, and how is a command line taken apart?  By Click; ``process`` says how a run begins and ends."""

from collections.abc import Sequence

import click

from searchkit.cli.help import Group, page_settings
from searchkit.cli.options import common_options
from searchkit.cli.process import FAILED, guarded
from searchkit.cli.told import Common
from searchkit.errors import UsageError

SUMMARIES = {
    "index": "Bring the index up to date with files and folders.",
    "search": "Find documents.",
    "show": "Print the stored text of a document.",
    "status": "Tell what is in the index.",
    "verify": "Check every byte of the index.",
    "analyze": "Show the terms that a text is indexed under.",
    "eval": "Measure search results against judgements.",
}

EXAMPLES = """
searchkit index ~/papers
searchkit search cooperation in science
searchkit search '"наука и техника" date:2024..'
searchkit search 과학기술 --format jsonl | jq -r .path
"""


@click.group("searchkit", cls=Group, summaries=SUMMARIES, examples=EXAMPLES, no_args_is_help=False, invoke_without_command=True)
@common_options
@click.pass_context
def group(ctx: click.Context) -> int | None:
    """Search folders of Korean, Kazakh, Russian, German and English documents.

    Any other language is found as well, by the words as they are written.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return FAILED
    return None


def run(args: Sequence[str]) -> int:
    """Run a command line; gives the exit status and lets no exception out."""
    common = Common()
    return guarded(lambda: _dispatch(list(args), common), common)


def _dispatch(args: list[str], common: Common) -> int:
    try:
        with group.make_context("searchkit", args, obj=common, **page_settings()) as ctx:
            status = group.invoke(ctx)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort as leaving:
        raise KeyboardInterrupt from leaving
    except click.ClickException as error:
        message = error.format_message().strip().removesuffix(".")
        raise UsageError(message[:1].lower() + message[1:]) from error
    return status if isinstance(status, int) else 0
