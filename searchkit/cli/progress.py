"""How does a long run tell how far it is?

A bar on standard error, if that is a terminal; nothing anywhere else.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from searchkit.app.results import Progress
from searchkit.cli.terminal import is_terminal, near_path, sanitize_line

Listener = Callable[[Progress], None]


@contextmanager
def shown_progress(*, quiet: bool, color: str) -> Iterator[Listener | None]:
    """Give a listener that draws a bar with rate and time left, or None where nobody would see it."""
    if quiet or not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.fields[files]}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[path]}", markup=False),
    )
    console = Console(stderr=True, no_color=color == "never" or bool(os.environ.get("NO_COLOR")), highlight=False)
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, files="looking for files", path="", rate="")

        def listen(progress: Progress) -> None:
            # The name alone: a whole path leaves no room for the bar on a narrow terminal.
            name = sanitize_line(os.path.basename(near_path(progress.path)))[-24:]
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{progress.documents / elapsed:.0f} documents/s" if elapsed > 1 else ""
            files = f"{progress.done}/{progress.total} files"
            bar.update(task, completed=progress.done, total=progress.total or None, files=files, path=name, rate=rate)

        yield listen
