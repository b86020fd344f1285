"""How long may one file take to be read, or one query to be answered?

Readers take time in proportion to what they read, and tests hold them to it;
queries have limits of their own.  This is for what nobody thought of.  An
alarm of the system, in this process: a child for every file would cost more
than reading it, and what an alarm cannot interrupt (one call of C code) is
short in all that we call, or asks for signals itself, as ``re`` does.
"""

import _signal  # type: ignore[import-not-found]  # what ``signal`` is made of, without its enumerations

from searchkit.cachefolder import ForAllRuns
from searchkit.typed import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from searchkit.typed import Any

SECONDS = 20.0  # of processor time, for a file of any size
SECONDS_A_MEGABYTE = 2.0  # and so much more: the slowest reader takes .1 for an honest one


class TooSlowError(Exception):
    """Something takes longer than it may."""


def reading_seconds(size_bytes: int) -> float:
    """Say how long a file of this size may take to be read."""
    return SECONDS + SECONDS_A_MEGABYTE * size_bytes / (1 << 20)


class Patience:
    """Limits the processor time of what is done within; not in a thread, where no alarm can be had.

    What is made once for all runs (``cachefolder.ForAllRuns``) does not count:
    the ten seconds of a dictionary would be spent in vain, time and again.

    Args:
        seconds: of processor time, none of the system's; 0 for as long as it takes.

    Raises:
        TooSlowError: the time is over.
    """

    __slots__ = ("_before", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._before: Any = None

    def __enter__(self) -> Self:
        if self.seconds:
            try:
                self._before = _signal.signal(_signal.SIGVTALRM, self._ring)
            except ValueError:  # in a thread
                return self
            _signal.setitimer(_signal.ITIMER_VIRTUAL, self.seconds)
        return self

    def extend(self, seconds: float) -> None:
        """Give it so much more."""
        self.seconds += seconds
        if self._before is not None:
            _signal.setitimer(_signal.ITIMER_VIRTUAL, _signal.getitimer(_signal.ITIMER_VIRTUAL)[0] + seconds)

    def _ring(self, number: int, frame: "FrameType | None") -> None:
        del number, frame
        if ForAllRuns.under_way:
            _signal.setitimer(_signal.ITIMER_VIRTUAL, self.seconds)
            return
        raise TooSlowError(f"it takes longer than {self.seconds:.0f} seconds")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None") -> None:
        if self._before is not None:
            _signal.setitimer(_signal.ITIMER_VIRTUAL, 0)
            _signal.signal(_signal.SIGVTALRM, self._before)
