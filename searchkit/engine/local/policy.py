"""Which segments should become one?

Segments fall in tiers by size, each four times the one below; four of a tier
become one of the next.  So a folder that is added to a thousand times has
some dozen segments, and a document is copied once a tier.
"""

from collections.abc import Sequence

TIER = 4
SMALLEST_BYTES = 256 << 10  # below, all are alike: copying them costs less than opening one more file
LIVE_SHARE = 0.5  # of a segment that is mostly dead, the rest is copied


def to_merge(segments: Sequence[tuple[int, float]], most_bytes: int = 1 << 62) -> list[int]:
    """Choose segments to merge next.

    Args:
        segments: size in bytes, and the share of documents that are alive.
        most_bytes: of what is put together; what would be larger stays in its parts.

    Returns:
        Their places, rising; empty if all is well.
    """
    for place, (_, share) in enumerate(segments):
        if share < LIVE_SHARE:
            return [place]
    tiers: dict[int, list[int]] = {}
    for place, (size, share) in enumerate(segments):
        tiers.setdefault(_tier(int(size * share)), []).append(place)
    for _, places in sorted(tiers.items()):
        if len(places) >= TIER and sum(segments[place][0] for place in places) <= most_bytes:
            return places
    return []


def _tier(size_bytes: int) -> int:
    tier = 0
    limit = SMALLEST_BYTES
    while size_bytes > limit:
        tier += 1
        limit *= TIER
    return tier
