"""How well does a document match a term?  One pure function a formula."""

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.packing import Numbers
from searchkit.engine.local.rarity import idf


def saturation(tf: Numbers, length: Numbers, *, mean_length: float, k1: float = 1.2, b: float = 0.75) -> NDArray[np.float64]:
    """Say how much repetition in a document of this length counts: from 0 to 1.

    ``tf / (tf + k1 * (1 - b + b * length / mean_length))``
    """
    scores: NDArray[np.float64] = tf / (tf + k1 * (1 - b + b * length / mean_length))
    return scores


def bm25(
    tf: Numbers, length: Numbers, *, df: int, documents: int, mean_length: float, k1: float = 1.2, b: float = 0.75
) -> NDArray[np.float64]:
    """Score the postings of one term as Lucene does.

    ``idf * tf / (tf + k1 * (1 - b + b * length / mean_length))`` with
    ``idf = ln(1 + (documents - df + 0.5) / (df + 0.5))``. The constant factor
    ``k1 + 1`` of the textbook form is left out, as Lucene 8 and later do.

    Args:
        tf: (n,) occurrences of the term in each document; above 0 (sums of
            weighted terms need be no whole numbers).
        length: (n,) tokens of the same documents (title fields: of their titles).
        df: live documents, all segments, that hold the term.
        documents: live documents with text in the term's language.
        mean_length: mean of ``length`` over ``documents``, in tokens; above 0.
        k1: saturation of ``tf``; 0 ignores repetition.
        b: share of length normalisation, from 0 (none) to 1 (full).

    Returns:
        (n,) scores, positive, in the order of ``tf``; no unit, and not
        comparable between queries.

    Raises:
        ValueError: ``df`` is not between 1 and ``documents``.

    Source: Kamphuis et al., ECIR 2020, variant "Lucene (accurate)".
    """
    return idf(df, documents) * saturation(tf, length, mean_length=mean_length, k1=k1, b=b)
