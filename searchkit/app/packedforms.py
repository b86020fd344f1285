"""How is a table of forms kept in little memory, and sent from process to process?

Each form as a string of bytes: a fifth of what its terms take up as objects.
"""

import marshal
from collections.abc import Iterable, Sequence
from typing import Any

from searchkit.engine.contract import Form


class PackedForms(Sequence[Form]):
    """A table of forms that grows at its end."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, index: Any) -> Any:
        """Unpack one form."""
        return Form._make(marshal.loads(self._packed[index]))  # noqa: S302 -- our own processes made it

    def extend(self, packed: Iterable[bytes]) -> None:
        """Add forms that ``pack`` has packed."""
        self._packed.extend(packed)


def pack(form: Form) -> bytes:
    """Pack a form."""
    try:
        return marshal.dumps(tuple(form))
    except ValueError:  # a language gives lists or records of its own where plain tuples are asked for
        code, surface, words, stems, grams, folds, lemmas, *widths = form
        placed = (tuple((text, place) for text, place in entries) for entries in (words, stems))
        return marshal.dumps((code, surface, *placed, *map(tuple, (grams, folds, lemmas)), *widths))
