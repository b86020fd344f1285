"""Does the executor of the standard library say what numpy's says, to the last bit?"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.engine import plan as nodes
from searchkit.engine.contract import Key
from searchkit.engine.local import running
from searchkit.engine.local.cold import ColdExecutor, Unsuitable, best
from searchkit.engine.local.engine import LocalEngine
from searchkit.engine.local.reader import LocalReader
from searchkit.engine.local.running import Page, run
from searchkit.typed import Any
from tests.engine.disks import QuickDisk
from tests.engine.kit import Batch, commit, fill
from tests.engine.test_equality import Addition, fields, phrases, runs, terms, trees_over, weights, write

CAT = ("body_word_aa", "cat")
leaves = st.one_of(
    st.builds(nodes.Term, fields, terms, weights),
    st.builds(nodes.Term, st.sampled_from(["body_gram_aa", "title_gram_bb"]), st.sampled_from(["ca", "at", "ha"]), weights),
    phrases.map(lambda phrase: nodes.Phrase(phrase.slots, 0, phrase.weight)),
    st.just(nodes.Nothing()),
)
trees = trees_over(leaves)
SIMILARITY = {"body_stem_aa": (0.9, 0.4)}
plans = st.builds(lambda root, bonus: nodes.Plan(root, bonus=bonus, similarity=SIMILARITY), trees, st.lists(leaves, max_size=2).map(tuple))


def opened(folder: str) -> LocalReader:
    """Open the last state of an index."""
    reader = LocalEngine(folder).reader()
    assert isinstance(reader, LocalReader)
    return reader


@settings(max_examples=40, deadline=None)
@given(history=runs, plan=plans)
def test_both_executors_agree(history: list[tuple[list[Addition], list[Key], int]], plan: nodes.Plan) -> None:
    """Same documents, same bits, same order, whatever was written, replaced and removed."""
    with TemporaryDirectory() as folder:
        local = LocalEngine(folder, disk=QuickDisk())
        for one in history:
            write(local, one)
        snapshot = opened(folder)._snapshot  # noqa: SLF001 -- the parts are what is tested here

        scores = ColdExecutor(snapshot, plan.similarity).search(plan)

        everything = run(snapshot, plan, limit=0, offset=0, sort="score")
        assert scores == dict(zip(everything.documents, everything.scores, strict=True))
        for count in (1, 2, len(scores)):
            assert best(snapshot, scores, min(count, len(scores))) == everything.documents[:count]


@pytest.mark.parametrize(
    "node",
    [
        nodes.Everything(),
        nodes.Prefix("body_word_aa", "c"),
        nodes.Phrase(((0, (("body_word_aa", "cat"),)), (1, (("body_word_aa", "dog"),))), 2),
    ],
    ids=["everything", "prefix", "near"],
)
def test_what_it_does_not_do_is_left_to_the_other(tmp_path_factory: pytest.TempPathFactory, node: nodes.Node) -> None:
    """And a plan with too many postings."""
    folder = str(tmp_path_factory.mktemp("cold"))
    batch = Batch()
    for number in range(20):
        batch.add(f"/{number}", "cat dog")
    commit(LocalEngine(folder, disk=QuickDisk()), batch)
    snapshot = opened(folder)._snapshot  # noqa: SLF001

    with pytest.raises(Unsuitable):
        ColdExecutor(snapshot, {}).run(node)
    with pytest.raises(Unsuitable):
        ColdExecutor(snapshot, {}, budget=19).run(nodes.Term("body_word_aa", "cat"))
    assert len(ColdExecutor(snapshot, {}, budget=20).run(nodes.Term("body_word_aa", "cat"))) == 20


def test_many_small_plans_end_at_the_other_as_a_large_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they have read is added up: a stream of queries gets numpy once it has paid for it."""
    fill(LocalEngine(str(tmp_path), disk=QuickDisk()), ["cat"] * 20)
    reader = opened(str(tmp_path))
    monkeypatch.setattr(reader, "_budget", 50)
    monkeypatch.delitem(sys.modules, "numpy")  # as in a process that has not needed it yet
    asked: list[nodes.Plan] = []

    def noted(*args: Any, **options: Any) -> Page:
        asked.append(args[1])
        return run(*args, **options)

    monkeypatch.setattr(running, "run", noted)
    plans = [nodes.Plan(nodes.Term(*CAT)) for _ in range(4)]

    found = [reader.search(plan).hits for plan in plans]

    assert asked == plans[2:]
    assert found[0] == found[1] == found[2] == found[3] != []
