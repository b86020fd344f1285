"""Do two runs differ, or is it chance?

Two tests over the same topics: Student's paired t-test and a randomisation
test.  Smucker, Allan and Carterette (CIKM 2007) compare them for retrieval
and find that they agree.
"""

from collections.abc import Sequence
from math import exp, isclose, lgamma, log, log1p, sqrt

from searchkit.typed import NamedTuple

ROUNDS = 10_000
"""Permutations of the randomisation test: a p of .05 is then known to about .004 (two standard errors)."""
_SEED = 1


class Comparison(NamedTuple):
    """Two systems on the same topics, by one measure.

    Attributes:
        difference: mean of the second minus mean of the first.
        wins, losses, ties: topics on which the second is better, worse, as good.
        t_test, randomization: two-sided p-values.
    """

    difference: float
    wins: int
    losses: int
    ties: int
    t_test: float
    randomization: float


def compare(first: Sequence[float], second: Sequence[float]) -> Comparison:
    """Compare two systems, topic by topic.

    Args:
        first: (n,) values of the baseline.
        second: (n,) values of the other on the same topics.

    Raises:
        ValueError: the topics are not as many.
    """
    differences = [b - a for a, b in zip(first, second, strict=True)]
    wins = sum(difference > 0 for difference in differences)
    losses = sum(difference < 0 for difference in differences)
    mean = sum(differences) / len(differences) if differences else 0.0
    return Comparison(mean, wins, losses, len(differences) - wins - losses, paired_t_test(differences), randomization_test(differences))


def paired_t_test(differences: Sequence[float]) -> float:
    """Give the two-sided p-value of Student's t-test that the mean difference is 0.

    1 where every difference is 0 or where there are fewer than two.
    """
    n = len(differences)
    if n < 2 or not any(differences):  # noqa: PLR2004 - a spread needs two
        return 1.0
    mean = sum(differences) / n
    variance = sum((difference - mean) ** 2 for difference in differences) / (n - 1)
    if variance == 0.0:
        return 0.0
    t = mean / sqrt(variance / n)
    freedom = n - 1
    # Abramowitz and Stegun 26.7.1: the two tails of t are I_x(freedom / 2, 1 / 2).
    return incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5)


def randomization_test(differences: Sequence[float], *, rounds: int = ROUNDS, seed: int = _SEED) -> float:
    """Give the two-sided p-value that swapping the systems at random, topic by topic, differs as much.

    With up to 12 topics that are not tied all swaps are tried; above, ``rounds``
    of them by a generator of fixed seed, the observed one counted in (Davison and
    Hinkley, 1997), so that the same runs always give the same p.
    """
    import numpy as np

    moved = np.array([difference for difference in differences if difference], dtype=np.float64)
    if not len(moved):
        return 1.0
    # A permutation that gives the same sum in another order must not fall below it by rounding.
    least = abs(float(moved.sum())) * (1 - 1e-12)
    few = 12
    if len(moved) <= few:
        swaps = np.arange(1 << len(moved))[:, None] >> np.arange(len(moved)) & 1
        return float(np.mean(np.abs((1 - 2 * swaps) @ moved) >= least))
    generator = np.random.default_rng(seed)
    extreme = 0
    for begin in range(0, rounds, 500):  # 500 x 3,000 topics are 12 MB
        signs = generator.integers(0, 2, size=(min(500, rounds - begin), len(moved)), dtype=np.int8) * 2 - 1
        extreme += int(np.count_nonzero(np.abs(signs @ moved) >= least))
    return (extreme + 1) / (rounds + 1)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function ``I_x(a, b)``.

    Source: the continued fraction of DLMF 8.17.22, evaluated by Lentz's method
    (Lentz 1976, as modified by Thompson and Barnett 1986).
    """
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - incomplete_beta(1.0 - x, b, a)  # the fraction converges fast on the other side
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1, 10_000):
        m = step // 2
        if step % 2:
            factor = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            factor = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / ((1.0 + factor * d) or tiny)
        c = (1.0 + factor / c) or tiny
        value *= c * d
        if isclose(c * d, 1.0, rel_tol=1e-15):
            break
    return value
