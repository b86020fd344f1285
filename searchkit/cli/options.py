"""Which options does every command take, and what may their values be?

The common ones may stand before or after the command's name; the later one
wins.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NoReturn, TypeVar

import click

from searchkit.cli.help import Choice
from searchkit.cli.told import Common
from searchkit.typed import Any

F = TypeVar("F", bound=Callable[..., Any])


def common_options(function: F) -> F:
    """Add the options of every command."""
    for declare in reversed(
        [
            click.option("--index", "given_index", metavar="DIR", help="Index folder [$SEARCHKIT_INDEX, or index].", **_kept()),
            click.option("--color", type=Choice(["auto", "always", "never"]), help="Colours [auto].", **_kept()),
            click.option("--trust", is_flag=True, help="Open an index that belongs to another user.", **_kept()),
            click.option("--pager", is_flag=True, help="Show the output in $PAGER.", **_kept()),
            click.option("-q", "--quiet", is_flag=True, help="Print errors only.", **_kept()),
            click.option("--debug", is_flag=True, help="Show where an error came from.", **_kept()),
            click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Print the version."),
        ]
    ):
        function = declare(function)
    return function


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - Click's signature
    del param
    if value:
        from searchkit._version import VERSION

        click.echo(f"searchkit {VERSION}")
        ctx.exit()


def _kept() -> dict[str, Any]:
    return {"expose_value": False, "callback": _keep}


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value in (None, False):
        return
    if value == "" and param.name == "given_index":
        raise click.BadParameter("the folder has no name", ctx, param)
    setattr(ctx.ensure_object(Common), str(param.name), value)


class Day(click.ParamType[str]):
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take a date that the calendar has; "" is no date and means no bound."""
        if value == "":
            return ""
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", str(value))
        try:
            return (
                date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).isoformat()[: len(match[0])]
                if match
                else self._refuse(value, param, ctx)
            )
        except ValueError:
            return self._refuse(value, param, ctx)

    def _refuse(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        self.fail(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD", param, ctx)


class LanguageCode(click.ParamType[str]):
    """``ko``, ``kk``, ``de`` …; ``auto`` where it is allowed.

    Args:
        auto: whether ``auto`` is allowed.
    """

    name = "language"

    def __init__(self, *, auto: bool = True) -> None:
        self.auto = auto

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take a language code; ``de-AT`` is ``de``."""
        code = str(value).lower()
        if code == "other" or (code == "auto" and self.auto):
            return code
        match = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", code)
        if not match:
            self.fail(f"{value!r} is no language code; write ko, kk, de, en, ru or another ISO 639-1 code", param, ctx)
        return match[1]


class Megabytes(click.ParamType[int]):
    """A size: a plain number counts megabytes, ``K``, ``M`` and ``G`` are taken as well."""

    name = "MB"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give the size in bytes."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([KMG]?)(?:i?B)?", str(value), re.IGNORECASE | re.ASCII)
        size = int(float(match[1]) * {"K": 1 << 10, "": 1 << 20, "M": 1 << 20, "G": 1 << 30}[match[2].upper()]) if match else 0
        if size <= 0:
            self.fail(f"{value!r} is no size; write megabytes, as in 256", param, ctx)
        return size


class Count(click.ParamType[int]):
    """A whole number.

    Args:
        least: the smallest that makes sense.
    """

    name = "number"

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Take a number that is large enough."""
        text = str(value)
        if not (text.isascii() and text.isdigit()) or int(text) < self.least:
            self.fail(f"{text!r} is no whole number from {self.least}", param, ctx)
        return int(text)


class Seconds(click.ParamType[float]):
    """A time."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Take a time that is not negative."""
        match = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", str(value), re.ASCII)
        if not match:
            self.fail(f"{value!r} is no number of seconds", param, ctx)
        return float(match[0])
