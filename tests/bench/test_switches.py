"""A row of the relevance table switches something off that is there, and back on."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from switches import ROWS, Row, switched


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_row_is_put_back_as_it_was(row: Row) -> None:
    """Later rows of the same process measure one thing each."""
    puts = row.puts()
    before = [getattr(put.owner, put.attribute) for put in puts]

    with switched(row):
        during = [getattr(put.owner, put.attribute) for put in puts]

    assert puts or row.settings
    assert not puts or any(new is not old for new, old in zip(during, before, strict=True))
    assert all(getattr(put.owner, put.attribute) is old for put, old in zip(puts, before, strict=True))
