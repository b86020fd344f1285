"""The tests for significance agree with scipy's."""

import math
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import special, stats

from searchkit.evaluation.significance import compare, incomplete_beta, paired_t_test, randomization_test


@given(x=st.floats(0, 1 - 1e-9), a=st.floats(0.5, 2000), b=st.floats(0.5, 50))
@settings(max_examples=100, deadline=None)
def test_incomplete_beta_is_scipys(x: float, a: float, b: float) -> None:
    """To ten digits, over all the degrees of freedom that a collection may have.

    Not next to 1: there scipy is off in the ninth digit, see the next test.
    """
    assert incomplete_beta(x, a, b) == pytest.approx(float(special.betainc(a, b, x)), rel=1e-9, abs=1e-12)


@given(x=st.floats(0, 1))
@example(x=0.9999999999999999)
def test_incomplete_beta_is_the_arcsine_law(x: float) -> None:
    """For a half and a half it has a closed form, true to the very end: ``2 / pi * asin(sqrt(x))``."""
    # Of the two forms the one that loses no digits.
    law = 1 - 2 / math.pi * math.asin(math.sqrt(1 - x)) if x > 0.5 else 2 / math.pi * math.asin(math.sqrt(x))

    assert incomplete_beta(x, 0.5, 0.5) == pytest.approx(law, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize(("topics", "shift"), [(2, 0.1), (5, 0.0), (30, 0.05), (300, 0.01), (3000, 0.0)])
def test_t_test_is_scipys(topics: int, shift: float) -> None:
    """Two-sided and paired."""
    draw = random.Random(topics)  # noqa: S311 - no secret
    first = [draw.random() for _ in range(topics)]
    second = [value + draw.gauss(shift, 0.2) for value in first]

    expected = float(stats.ttest_rel(second, first).pvalue)
    assert compare(first, second).t_test == pytest.approx(expected, rel=1e-8)


def test_randomization_of_few_topics_is_exact() -> None:
    """All swaps are tried: four topics that all gain are 2 of 16."""
    assert randomization_test([0.1, 0.2, 0.3, 0.4]) == 2 / 16
    assert randomization_test([0.1, -0.1]) == 1.0
    assert randomization_test([0.0, 0.0, 0.5]) == 1.0


def test_randomization_of_many_topics_agrees_with_scipy() -> None:
    """Within what 10,000 rounds can tell."""
    draw = random.Random(7)  # noqa: S311 - no secret
    differences = [draw.gauss(0.03, 0.2) for _ in range(150)]

    expected = stats.permutation_test(
        (differences,), lambda x, axis: x.mean(axis=axis), permutation_type="samples", n_resamples=9999, rng=1
    )
    assert randomization_test(differences) == pytest.approx(float(expected.pvalue), abs=0.02)
    assert randomization_test(differences) == randomization_test(differences)


def test_no_difference_is_no_significance() -> None:
    """Equal runs, one topic, no topic: p is 1."""
    assert compare([0.1, 0.2], [0.1, 0.2]) == (0.0, 0, 0, 2, 1.0, 1.0)
    assert paired_t_test([0.3]) == 1.0
    assert compare([], []).t_test == 1.0


def test_a_comparison_counts_topics() -> None:
    """The first is the baseline."""
    result = compare([0.0, 0.5, 0.5], [1.0, 0.5, 0.4])

    assert (result.wins, result.losses, result.ties) == (1, 1, 1)
    assert result.difference == pytest.approx(0.3)
