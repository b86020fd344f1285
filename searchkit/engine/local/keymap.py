"""Where, in a segment that is there already, is the document with this key?"""

import numpy as np

from searchkit.engine.contract import Key
from searchkit.engine.local.columns import key_hash
from searchkit.engine.local.segment import Segment


class KeyMap:
    """Finds documents of one segment by key; made for many questions, as a writer has them."""

    def __init__(self, segment: Segment) -> None:
        column = segment.documents.column("key_hash").astype(np.int64)
        self._order = np.argsort(column, kind="stable")
        self._hashes = column[self._order]
        self._documents = segment.documents

    def find(self, key: Key) -> list[int]:
        """Give the rows with this key."""
        value = key_hash(key)
        low = int(np.searchsorted(self._hashes, value))
        rows = []
        while low < len(self._hashes) and self._hashes[low] == value:
            row = int(self._order[low])
            if self._documents.key(row) == key:
                rows.append(row)
            low += 1
        return rows
