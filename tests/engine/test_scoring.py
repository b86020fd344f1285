"""Is BM25 what Lucene computes?"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engine.local.rarity import idf
from searchkit.engine.local.scoring import bm25


@given(
    st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 10_000)), min_size=1, max_size=20),
    st.integers(1, 50),
    st.integers(50, 10**6),
    st.floats(0.1, 5000),
    st.floats(0, 3),
    st.floats(0, 1),
)
def test_bm25_is_the_plain_formula(postings: list[tuple[int, int]], df: int, documents: int, mean: float, k1: float, b: float) -> None:
    """Lucene's, without the constant factor."""
    tf, length = (np.array(column, np.uint32) for column in zip(*postings, strict=True))

    scores = bm25(tf, length, df=df, documents=documents, mean_length=mean, k1=k1, b=b)

    rarity = math.log(1 + (documents - df + 0.5) / (df + 0.5))
    expected = [rarity * count / (count + k1 * (1 - b + b * size / mean)) for count, size in postings]
    assert scores.tolist() == pytest.approx(expected, rel=1e-12)
    assert (scores > 0).all()


def test_known_value() -> None:
    """A figure worked out by hand: 1 of 2 documents, mean length, once."""
    score = bm25(np.array([1]), np.array([10]), df=1, documents=2, mean_length=10.0)

    assert score[0] == pytest.approx(math.log(2) / 2.2)


@pytest.mark.parametrize(("df", "documents"), [(0, 3), (4, 3), (-1, 3)])
def test_impossible_counts_are_misuse(df: int, documents: int) -> None:
    """More documents with the term than documents."""
    with pytest.raises(ValueError, match="documents"):
        idf(df, documents)
