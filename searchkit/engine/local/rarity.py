"""How much does it say that a document holds a term?"""

import math


def idf(df: int, documents: int) -> float:
    """Say how rare a term is: ``ln(1 + (documents - df + 0.5) / (df + 0.5))``.

    Args:
        df: live documents, all segments, that hold the term.
        documents: live documents with text in the term's language.

    Raises:
        ValueError: ``df`` is not between 1 and ``documents``.
    """
    if not 1 <= df <= documents:
        raise ValueError(f"df {df} of {documents} documents")
    # math, not numpy: its logarithm is the one that a plain formula uses, to the last bit.
    return math.log(1 + (documents - df + 0.5) / (df + 0.5))
