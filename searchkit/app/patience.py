"""How long may one file take to be read?

Readers take time in proportion to what they read, and tests hold them to it;
this is for the one that nobody thought of.  An alarm of the system, in this
process: a child for every file would cost more than reading it, and what an
alarm cannot interrupt (one call of C code) is short in all that we call, or
asks for signals itself, as ``re`` does.
"""

import signal
import threading
from types import FrameType, TracebackType

SECONDS = 20.0  # of processor time, for a file of any size
SECONDS_A_MEGABYTE = 2.0  # and so much more: the slowest reader takes .1 for an honest one


class TooSlowError(Exception):
    """A file takes longer than it may."""


class Patience:
    """Limits the processor time of what is done within; not in a thread, where no alarm can be had.

    Args:
        size_bytes: of the file that is read.

    Raises:
        TooSlowError: the time is over.
    """

    def __init__(self, size_bytes: int) -> None:
        self.seconds = SECONDS + SECONDS_A_MEGABYTE * size_bytes / (1 << 20)
        self._alarmed = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> None:
        if self._alarmed:
            self._before = signal.signal(signal.SIGVTALRM, self._ring)
            signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        raise TooSlowError(f"it takes longer than {self.seconds:.0f} seconds")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._alarmed:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._before)
