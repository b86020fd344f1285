"""Measures have the names and the results of ir-measures, ties and silent topics included."""

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.evaluation.measures import KINDS, evaluate, parse_measure

NAMES = [
    *(
        [
            "nDCG@10",
            "nDCG@3",
            "nDCG",
            "RR",
            "RR@10",
            "RR@2",
            "R@100",
            "R@2",
            "P@5",
            "P@20",
            "AP",
            "AP@10",
            "AP@2",
            "Success@1",
            "Success@5",
            "Judged@3",
            "Judged@10",
            "Rprec",
        ]
    ),
    *(
        [
            "SetP",
            "SetR",
            "SetF",
            "P(rel=2)@5",
            "R(rel=2)@5",
            "AP(rel=2)",
            "AP(rel=2)@3",
            "RR(rel=2)",
            "RR(rel=2)@3",
            "Success(rel=2)@3",
            "Rprec(rel=2)",
        ]
    ),
]
documents = st.sampled_from(["d1", "d2", "d3", "D4", "d10", "한국", "\U0001f680", "\uffee", "é"])
# Few scores make ties; the last two differ in double precision alone.
scores = st.sampled_from([0.5, 1.0, 1.5, -2.0, 3.1, 1.0000000001, 1.0000000002])
topics = st.sampled_from(["q1", "q2", "q3"])
qrel_tables = st.dictionaries(topics, st.dictionaries(documents, st.integers(0, 3), min_size=1), min_size=1)
runs = st.dictionaries(topics, st.dictionaries(documents, scores, min_size=1))


@given(qrels=qrel_tables, run=runs)
@settings(max_examples=100, deadline=None)
def test_results_are_those_of_ir_measures(qrels: dict[str, dict[str, int]], run: dict[str, dict[str, float]]) -> None:
    """Topic by topic and on average, whatever the judgements and the run."""
    ours = evaluate(qrels, run, NAMES)

    means, per_topic = ir_measures.calc([ir_measures.parse_measure(name) for name in NAMES], qrels, run)
    assert isinstance(means, dict)
    assert ours.mean == pytest.approx({str(measure): value for measure, value in means.items()}, abs=1e-6)
    for metric in per_topic:
        assert ours.topics[metric.query_id][str(metric.measure)] == pytest.approx(metric.value, abs=1e-6), metric


def test_a_worked_example() -> None:
    """Figures that can be checked by hand."""
    qrels = {"q": {"a": 2, "b": 1, "c": 0, "z": 1}, "silent": {"a": 1}}
    run = {"q": {"c": 9.0, "a": 8.0, "x": 7.0, "b": 6.0}, "unjudged": {"a": 1.0}}

    result = evaluate(qrels, run, ["nDCG@10", "RR@10", "AP", "P@2", "R@4", "Judged@4"])

    gained = 2 / 1.5849625007211562 + 1 / 2.321928094887362
    ideal = 2 + 1 / 1.5849625007211562 + 1 / 2
    assert result.topics["q"] == pytest.approx(
        {"nDCG@10": gained / ideal, "RR@10": 1 / 2, "AP": (1 / 2 + 2 / 4) / 3, "P@2": 1 / 2, "R@4": 2 / 3, "Judged@4": 3 / 4}
    )
    assert set(result.topics["silent"].values()) == {0.0}
    assert result.mean["RR@10"] == 1 / 4
    assert set(result.topics) == {"q", "silent"}


def test_ties_are_broken_as_the_evaluators_do() -> None:
    """``RR`` goes from z to a (trec_eval), ``RR@10`` from a to z (MS MARCO): the file's order says nothing."""
    result = evaluate({"q": {"b": 1}}, {"q": {"a": 1.0, "b": 1.0}}, ["RR", "RR@10"])

    assert result.mean == {"RR": 1.0, "RR@10": 0.5}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_read_and_written_as_ir_measures_does(name: str) -> None:
    """``str`` of a measure is its name."""
    assert str(parse_measure(name)) == str(ir_measures.parse_measure(name))


@pytest.mark.parametrize(("alias", "name"), [("MRR@10", "RR@10"), ("NDCG@5", "nDCG@5"), ("MAP", "AP"), ("Recall@10", "R@10")])
def test_other_names_are_understood(alias: str, name: str) -> None:
    """Those that ir-measures takes."""
    assert str(parse_measure(alias)) == name == str(ir_measures.parse_measure(alias))


@pytest.mark.parametrize(
    "name", ["", "nDCG@", "nDCG@0", "P", "R", "Success", "Rprec@3", "SetP@3", "nDCG(rel=2)@3", "ndcg@10", "F@1", "P@-1", "P@ 3"]
)
def test_other_names_are_refused(name: str) -> None:
    """With a message that says what would do."""
    with pytest.raises(ValueError, match=r"no measure|cutoff|does not go"):
        parse_measure(name)


def test_every_measure_is_compared() -> None:
    """No measure goes without a comparison with ir-measures."""
    assert {name.split("@")[0].split("(")[0] for name in NAMES} == set(KINDS)
