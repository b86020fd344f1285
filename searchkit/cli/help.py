"""How does a command introduce itself, and what does it answer to a slip of the finger?

Help pages show examples before anything else and are at most 80 columns wide.
"""

import sys
from collections.abc import Iterable

import click

from searchkit.cli.terminal import columns
from searchkit.typed import Any

WIDTH = 80


def nearest(word: str, possible: Iterable[str]) -> str | None:
    """Give the word that somebody who typed ``word`` most likely meant."""
    from difflib import get_close_matches

    # At 0.5 `help` was taken for `eval` and `--limit` for `--quiet`.
    matches = get_close_matches(word, list(possible), n=1, cutoff=0.6)
    return matches[0] if matches else None


def page_settings() -> dict[str, Any]:
    """Give Click's context settings: the width of a help page, and ``-h`` as well as ``--help``."""
    return {
        "help_option_names": ["-h", "--help"],
        "terminal_width": min(WIDTH, max(40, columns(sys.stdout) or WIDTH)),
        "max_content_width": WIDTH,
        "auto_envvar_prefix": None,
    }


class Choice(click.Choice[str]):
    """A choice whose mistyped value is answered with the nearest one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take a value that is among the choices."""
        if value in self.choices:
            return str(value)
        near = nearest(str(value), self.choices)
        meant = f"; did you mean {near!r}?" if near else ""
        return self.fail(f"{value!r} is not one of {', '.join(self.choices)}{meant}", param, ctx)


class Command(click.Command):
    """A command whose help begins with examples.

    Args:
        examples: lines of a shell session, without the prompt.
    """

    def __init__(self, *args: Any, examples: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the page: usage, examples, what it does, options."""
        self.format_usage(ctx, formatter)
        _write_examples(self.examples, formatter)
        self.format_help_text(ctx, formatter)
        self.format_options(ctx, formatter)
        self.format_epilog(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; a mistyped option is answered with the nearest one."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise _no_such_option(self, ctx, error) from error


class Group(click.Group):
    """Commands by name, each imported when it is called.

    Args:
        summaries: name -> one line; listing them imports none.
        examples: as of ``Command``.
    """

    def __init__(self, *args: Any, summaries: dict[str, str], examples: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.summaries = summaries
        self.examples = examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order in which a newcomer meets them."""
        del ctx
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self.summaries:
            return None
        from importlib import import_module

        found: click.Command = import_module(f"searchkit.cli.commands.{cmd_name}").command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a mistyped one is answered with the nearest one.

        ``help`` and ``help search`` are ``--help`` and ``search --help``.
        """
        if args == ["help"]:
            click.echo(ctx.get_help())
            ctx.exit()
        if args[0] == "help":
            args = [args[1], "--help"]
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None:
            near = nearest(name, self.summaries)
            ctx.fail(f"no such command: {name}; " + (f"did you mean {near}?" if near else "see searchkit --help"))
        return name, command, args[1:]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what stands before the command's name."""
        given = list(args)  # Click takes them from the list
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            owner = self._owner(ctx, error.option_name, given)
            if not owner:
                raise _no_such_option(self, ctx, error) from error
            place = f"it comes after the command's name: {ctx.command_path} {owner} {error.option_name}"
            raise click.UsageError(f"no such option: {error.option_name}; {place}", ctx) from error

    def _owner(self, ctx: click.Context, option: str, given: list[str]) -> str | None:
        """Name a command that has an option, one of the given words if possible."""
        names = [name for name in (*given, *self.summaries) if name in self.summaries]
        commands = ((name, self.get_command(ctx, name)) for name in names)
        return next((name for name, command in commands if command and option in _options(command, ctx)), None)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the page: usage, examples, commands, options."""
        self.format_usage(ctx, formatter)
        _write_examples(self.examples, formatter)
        self.format_help_text(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))
        click.Command.format_options(self, ctx, formatter)


def _write_examples(examples: str, formatter: click.HelpFormatter) -> None:
    with formatter.section("Examples"):
        for line in examples.strip().splitlines():
            formatter.write(f"  {line.strip()}\n")


def _options(command: click.Command, ctx: click.Context) -> list[str]:
    return [name for param in command.get_params(ctx) for name in (*param.opts, *param.secondary_opts) if name.startswith("-")]


def _no_such_option(command: click.Command, ctx: click.Context, error: click.NoSuchOption) -> click.UsageError:
    # Any letter is as near to -V as -q is.
    near = nearest(error.option_name, _options(command, ctx)) if error.option_name.startswith("--") else None
    message = f"no such option: {error.option_name}; "
    message += f"did you mean {near}?" if near else f"see {ctx.command_path} --help"
    if command.name == "search" and not error.option_name.startswith("--"):
        message += " (a query that begins with - comes after --)"
    return click.UsageError(message, ctx)
