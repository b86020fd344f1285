"""Where do terms stand in a few documents?

Of a record, the positions in documents that do not matter are stepped over,
not read: of a frequent pair of words a hundredth is asked for.
"""

from collections.abc import Sequence

import numpy as np

from searchkit.engine.local.leaves import KINDS, Word
from searchkit.engine.local.packing import Bytes, Ints, damaged, runs, starts_of, varint_get
from searchkit.engine.local.snapshot import Snapshot


def places_among(snapshot: Snapshot, terms: Sequence[Word], among: Ints) -> list[Ints]:
    """Give the places of each term in some documents, rising: the document's number times 2**32, plus the position.

    Args:
        snapshot: of the index.
        terms: with positions.
        among: live documents, rising.

    Raises:
        IndexDamagedError: a record is not what was written.
    """
    bounds = np.searchsorted(among, snapshot.starts)
    result: list[Ints] = []
    for field, text in terms:
        parts = [np.zeros(0, np.int64)]
        for number, held, place, _ in snapshot.find(field, text):
            asked = among[bounds[number] : bounds[number + 1]]
            if not len(asked):
                continue
            count, code, stored = held.stored(place)
            data = np.frombuffer(stored, np.uint8)
            try:
                parts.append(_places(data, count, code, asked - snapshot.starts[number]) + (snapshot.starts[number] << 32))
            except (ValueError, KeyError, IndexError) as error:
                raise damaged(held.container, f"{field}: positions: {error}") from error
        result.append(parts[1] if len(parts) == 2 else np.concatenate(parts))  # noqa: PLR2004 -- one segment has it
    return result


def _places(data: Bytes, count: int, code: int, rows: Ints) -> Ints:
    """Give the places of one record in some rows.

    Raises:
        ValueError, KeyError, IndexError: it does not hold what it says.
    """
    wide, narrow = code >> 4, code & 15
    documents = np.cumsum(data[: count * wide].view(KINDS[wide]), dtype=np.int64)
    fixed = count * (wide + narrow)
    tail = data[fixed:]
    frequencies = data[count * wide : fixed].view(KINDS[narrow]) if narrow else np.ones(count, np.uint8)
    at = np.searchsorted(documents, rows)
    at[at == count] = 0
    chosen = at[documents[at] == rows]
    begin = starts_of(frequencies)
    total = int(begin[-1])
    wanted = frequencies[chosen].astype(np.int64)
    first = begin[chosen]
    if total == len(tail):  # every number is one byte
        steps = tail[runs(first, wanted)].astype(np.int64)
    else:
        ends = np.flatnonzero(tail < 128)  # noqa: PLR2004 -- the eighth bit
        if len(ends) != total:
            raise ValueError(f"{len(ends)} positions for {total} occurrences")
        stops = ends[first + wanted - 1] + 1
        starts = np.where(first > 0, ends[first - 1] + 1, 0)
        steps = varint_get(tail[runs(starts, stops - starts)])
    if not len(steps):
        return steps
    sums = np.cumsum(steps)
    low = starts_of(wanted)[:-1]
    places: Ints = sums - np.repeat(sums[low] - steps[low] - (documents[chosen] << 32), wanted)
    return places
