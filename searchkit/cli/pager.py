"""Where does the output go if somebody wants to leaf through it?"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from searchkit.cli.terminal import Screen
from searchkit.cli.told import Common


@contextmanager
def paged(screen: Screen) -> Iterator[Screen]:
    """Send what is printed through ``$PAGER``, by default ``less``; it may be left before everything was printed."""
    from subprocess import PIPE, Popen

    # -R: our colours and links; -F: no pager for what fits; -X: leave it on the screen.
    environment = {"LESS": "-FRX", **os.environ}
    process = Popen(os.environ.get("PAGER") or "less", shell=True, stdin=PIPE, env=environment)  # noqa: S602 - a command line of the user's own
    if process.stdin is None:
        raise ValueError("a pipe was asked for")
    screen.stream = io.TextIOWrapper(process.stdin, encoding=sys.stdout.encoding, errors="backslashreplace")
    try:
        with suppress(BrokenPipeError):
            yield screen
    finally:
        with suppress(BrokenPipeError):
            screen.stream.close()
        screen.stream = sys.stdout
        process.wait()


@contextmanager
def opened(common: Common) -> Iterator[Screen]:
    """Open the standard output as the common options wish it."""
    screen = Screen(common.color)
    if not common.pager or screen.width is None:
        yield screen
        return
    with paged(screen):
        yield screen
