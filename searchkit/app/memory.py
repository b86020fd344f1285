"""How much memory may a process of an indexing run take up, and when must it let go of what it could make again?

What a process has taken from the system it seldom gives back, so the system's
own count tells when it is too much for the first time; from then on the
number of objects in use at that moment is what may be in use.
"""

import gc
import os
import sys
from functools import lru_cache

from searchkit.settings import WRITER_SHARE
from searchkit.text.patterns import lazy_pattern

WRITING_BYTES = 72 << 20  # the process that writes, beside what it holds for a segment
PROCESS_BYTES = 140 << 20  # what another process is worth starting with
TEXT_SHARE = 1 / 12  # of the memory: the longest text (its words, places and chunks take up ten times as much)
BATCH_SHARE = 1 / 1024  # a new word takes up to 4 KB in tables and caches, and half of a first batch is new words
_TOO_LONG = lazy_pattern(r"a text of ([0-9,]+) characters; ")
_OUTGROWN = 1.15  # of the limit
_FITTING = 0.9  # of the objects in use when it was too much
_MOSTLY = 0.6  # of what fits: where more is left without the caches, they would be cleared again and again
_LEAST_CACHED = 1 << 12  # entries of a cache that is worth clearing


def batch_bytes(memory_bytes: int) -> int:
    """Say how many bytes of text one batch has."""
    return min(1 << 20, max(64 << 10, int(memory_bytes * BATCH_SHARE)))


def most_chars(memory_bytes: int) -> int:
    """Say how long a text may be."""
    return int(memory_bytes * TEXT_SHARE)


def too_long(chars: int, most: int) -> str:
    """Say that a text is too long, and what would do."""
    needed = -(-int(chars / TEXT_SHARE) >> 20)
    # `would_do_now` reads it again.
    return f"a text of {chars:,} characters; {most:,} is the most with this --memory, {needed:,} MB would do"


def would_do_now(reason: str, memory_bytes: int) -> bool:
    """Tell whether a text that was ``too_long`` by another memory is not by this one."""
    told = _TOO_LONG.match(reason)
    return told is not None and int(told[1].replace(",", "")) <= most_chars(memory_bytes)


def processes(jobs: int, memory_bytes: int) -> int:
    """Say how many processes read and analyse: as many as wished for (0: as there are cores), as far as the memory goes."""
    wished = jobs or len(os.sched_getaffinity(0))
    room = memory_bytes - memory_bytes // WRITER_SHARE - WRITING_BYTES
    return max(1, min(wished, room // PROCESS_BYTES))


def share_bytes(count: int, memory_bytes: int) -> int:
    """Say how much each of so many processes may take up beside the one that writes."""
    return int((memory_bytes - memory_bytes // WRITER_SHARE - WRITING_BYTES) / count / _OUTGROWN)


class Allowance:
    """What this process may take up.

    Args:
        limit_bytes: by the system's count.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._room = sys.maxsize
        self._floor = sys.getallocatedblocks()

    def is_spent(self) -> bool:
        """Tell whether it is time to let go of more than caches, which are cleared first.

        They are two thirds of what grows, and fill again with what is frequent.
        """
        grown = sys.getallocatedblocks() - self._floor
        if grown < self._room:
            if self._room < sys.maxsize or resident_bytes() < self.limit_bytes:
                return False
            self._room = int(grown * _FITTING)
        clear_caches()
        return sys.getallocatedblocks() - self._floor > self._room * _MOSTLY

    def begin(self) -> None:
        """Count from here: all has been let go that can be."""
        self._floor = sys.getallocatedblocks()

    def is_outgrown(self) -> bool:
        """Tell whether letting go has not helped: what is free lies between what is not, and another process should go on."""
        return resident_bytes() > self.limit_bytes * _OUTGROWN


def resident_bytes() -> int:
    """Give what this process has in memory, by the system's count (its peak, where the system does not tell more)."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak << 10


def clear_caches() -> None:
    """Forget what languages remember of the words that they have seen; not what they know."""
    kind = type(lru_cache(lambda: None))
    for cache in gc.get_objects():
        if type(cache) is kind and cache.__module__.startswith("searchkit."):
            found = cache.cache_info()
            if found.maxsize and found.maxsize >= _LEAST_CACHED:
                cache.cache_clear()
