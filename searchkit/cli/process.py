"""How does a run of the program begin, and how does it end?

The only place that catches everything: a user sees one line and a status,
never a traceback (``--debug`` adds it).
"""

import io
import os
import sys
from collections.abc import Callable

from searchkit.cli.terminal import WRONG, has_color, paint, sanitize, sanitize_line, tell
from searchkit.cli.told import Common
from searchkit.errors import QueryError, SearchkitError

FAILED = 2
INTERRUPTED = 130  # 128 + SIGINT
BROKEN_PIPE = 141  # 128 + SIGPIPE: what a shell reports of any program whose reader has gone


def guarded(deed: Callable[[], int], common: Common) -> int:
    """Do what the program was called for; gives the exit status and lets no exception out."""
    _insist_on_utf8()
    _prepare_streams()
    try:
        status = deed()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the one place that catches everything
        _report(error, common)
        status = FAILED
    _let_go()
    return status


def _report(error: Exception, common: Common) -> None:
    name = paint("searchkit:", WRONG) if has_color(common.color, sys.stderr) else "searchkit:"
    _say(f"{name} {sanitize_line(_sentence(error))}")
    if isinstance(error, QueryError):
        from searchkit.cli.notes import marked_position

        for line in marked_position(error.query, error.position):
            _say(line)
    if common.debug:
        import traceback

        tell(sanitize("".join(traceback.format_exception(error)).rstrip()))


def _say(line: str) -> None:
    # Not tell(): the line is sanitised and may hold our own colours.
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def _sentence(error: Exception) -> str:
    if isinstance(error, SearchkitError):
        return f"{error.message}; {error.hint}" if error.hint else error.message
    if isinstance(error, FileNotFoundError) and error.filename is None:  # only of os.getcwd()
        return "the current folder is gone; change to another"
    if isinstance(error, OSError) and error.strerror:
        place = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else "standard output"
        return f"{place}: {error.strerror[:1].lower()}{error.strerror[1:]}"
    if isinstance(error, MemoryError):
        return "out of memory; a smaller --memory or fewer --jobs need less"
    detail = " ".join(str(error).split())
    return f"internal error: {type(error).__name__}{': ' if detail else ''}{detail}; --debug shows where, please report it"


def _insist_on_utf8() -> None:
    """Start again in UTF-8 mode where the locale's encoding is something else.

    Only Python's own UTF-8 mode gives arguments and file names that are the
    same strings whatever the locale; ``LC_ALL=C`` has it by itself.  What the
    output can say stays as it was.
    """
    if sys.flags.utf8_mode or sys.getfilesystemencoding().lower() == "utf-8" or not sys.orig_argv:
        return
    out = getattr(sys.stdout, "encoding", None) or "utf-8"
    environment = {"PYTHONIOENCODING": out, **os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606 - the same program again


def _prepare_streams() -> None:
    """Make streams that can print anything, also where the caller has closed them."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - the same
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go() -> None:
    """Flush for the last time; a reader that has gone must not make the interpreter complain at its end."""
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            stream.flush()
        except (OSError, ValueError):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, number)
            os.close(null)
