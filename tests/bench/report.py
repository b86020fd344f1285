"""How are the figures of a bench told?"""

import datetime as dt
import os
import platform
from pathlib import Path
from typing import NamedTuple

from runs import Ratio

MARK = "<!-- written by `make bench`: what stands between the marks is overwritten -->"
END = "<!-- end of what `make bench` writes -->"


class Figure(NamedTuple):
    """A line of the table.

    Attributes:
        work: what was done.
        measured: the figure with its unit (``1.4 × tantivy``), by the clock on the wall.
        processor: the same in processor time, where it was measured.
        reach: what it must reach, in words.
        aim: what is aimed at, in words.
        verdict: "aim", "reached", "short" or "" where nothing is asked.
    """

    work: str
    measured: str
    processor: str = ""
    reach: str = ""
    aim: str = ""
    verdict: str = ""


def at_most(work: str, ratio: Ratio, beside: str, *, reach: float | None = None, aim: float | None = None) -> Figure:
    """Tell a ratio that should be low."""
    verdict = "" if reach is None and aim is None else _verdict(ratio.wall, reach, aim)
    asked = [f"≤ {limit:g} ×" if limit is not None else "" for limit in (reach, aim)]
    return Figure(work, f"{ratio.wall:.2f} × {beside}", f"{ratio.cpu:.2f} ×", *asked, verdict)


def at_least(work: str, figure: float, unit: str, *, reach: float | None = None, aim: float | None = None, processor: str = "") -> Figure:
    """Tell a figure that should be high."""
    verdict = "" if reach is None and aim is None else _verdict(-figure, None if reach is None else -reach, None if aim is None else -aim)
    asked = [f"≥ {limit:,g} {unit}" if limit is not None else "" for limit in (reach, aim)]
    shown = f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"  # three digits
    return Figure(work, f"{shown} {unit}", processor, *asked, verdict)


def no_more(work: str, figure: float, unit: str, *, reach: float, aim: float | None = None) -> Figure:
    """Tell a figure that should be low and is no time."""
    asked = [f"≤ {limit:g} {unit}" if limit is not None else "" for limit in (reach, aim)]
    return Figure(work, f"{figure:.3g} {unit}", "", *asked, _verdict(figure, reach, aim))


def _verdict(figure: float, reach: float | None, aim: float | None) -> str:
    if aim is not None and figure <= aim:
        return "aim"
    return "reached" if reach is not None and figure <= reach else "short"


def table(figures: list[Figure]) -> str:
    """Write the figures as a Markdown table."""
    lines = ["| work | measured | processor time | must reach | aim | |", "|---|---:|---:|---:|---:|---|"]
    lines += ["| " + " | ".join(figure) + " |" for figure in figures]
    return "\n".join(lines)


def conditions(megabytes: float, versions: dict[str, str]) -> str:
    """Say what was measured on, in a sentence."""
    day = dt.datetime.now(tz=dt.UTC).date()
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    load = os.getloadavg()[0]
    return (
        f"{day}, `make bench MB={megabytes:g}`, Python {platform.python_version()}, {os.cpu_count()} cores "
        f"(load {load:.1f} at the end), beside {named or 'no other engine'}."
    )


def write(page: Path, text: str) -> None:
    """Put a text between the marks of a page.

    Raises:
        ValueError: the page has no marks.
    """
    before, mark, rest = page.read_text("utf-8").partition(MARK)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"no marks in {page}")
    page.write_text(f"{before}{MARK}\n\n{text}\n\n{END}{after}", "utf-8")
