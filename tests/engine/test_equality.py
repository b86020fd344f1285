"""Do all ways to the same documents give the same answers?

The folder against the oracle, many small commits against one, segments that
were merged against those that were not: same hits, same order, same bits.
"""

from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.engine import plan as nodes
from searchkit.engine.contract import Engine, Key
from searchkit.engine.local.engine import LocalEngine
from tests.engine.disks import QuickDisk
from tests.engine.kit import Batch, commit
from tests.engine.oracle import OracleEngine

WORDS = ["cat", "cats", "dog", "city", "yes", "sunxlight", "well-known", "a-b-c", "Haus", "Katze", "0", "bird", "birds", "xx", "catxdog"]
FIELDS = [f"{part}_{channel}_{language}" for part in ("title", "body") for channel in ("word", "stem", "fold") for language in ("aa", "bb")]
TERMS = ["cat", "dog", "citi", "city", "ies", "sun", "light", "well", "known", "well-known", "a", "b", "haus", "ha", "us", "bird", "k-tz-"]
AA, BB = "body_stem_aa", "body_stem_bb"
FOUND_TOGETHER = [(AA, "cat"), (AA, "dog"), (AA, "bird"), (BB, "haus"), (BB, "katze"), (BB, "us")]
PATTERNS = ["c*t", "*", "?", "b?rd*", "*-*", "c*", "ha?s"]

texts = st.lists(st.sampled_from([*WORDS, "\n"]), max_size=14).map(" ".join)
fields = st.sampled_from(FIELDS)
terms = st.sampled_from(TERMS)
weights = st.sampled_from([1.0, 0.5, 0.1, 2.0])


class Addition(NamedTuple):
    """A document to write."""

    path: str
    id: str | None
    text: str
    title: str | None
    date: str | None
    line: int


additions = st.builds(
    Addition,
    st.sampled_from(["/a", "/b", "/c/d", "/c/e", "/f"]),
    st.sampled_from([None, None, "r1", "r2"]),
    texts,
    st.none() | texts,
    st.sampled_from([None, "2024", "2024-05-01"]),
    st.sampled_from([1, 2, 300]),
)
removals = st.tuples(st.sampled_from(["/a", "/b", "/c/d"]), st.sampled_from(["/a", "/b", "/c/d", "r1"]))
runs = st.lists(
    st.tuples(st.lists(additions, max_size=6), st.lists(removals, max_size=2), st.sampled_from([1, 1 << 30])), min_size=1, max_size=7
)


def phrase_of(drawn: list[tuple[int, list[tuple[str, str]]]], slop: int, weight: float) -> nodes.Phrase:
    """Make a phrase of steps and terms."""
    at, slots = 0, []
    for step, held in drawn:
        slots.append((at, tuple(held)))
        at += step
    return nodes.Phrase(tuple(slots), slop, weight)


def phrases_over(names: list[str]) -> st.SearchStrategy[nodes.Phrase]:
    """Give phrases whose words lie in any of these fields."""
    held = st.lists(st.tuples(st.sampled_from(names), terms), min_size=1, max_size=3)
    steps = st.lists(st.tuples(st.sampled_from([1, 1, 2]), held), min_size=1, max_size=3)
    return st.builds(phrase_of, steps, st.sampled_from([0, 0, 1, 3, 110]), weights)


COUNTED_ALIKE = [
    [field for field in FIELDS if field.startswith(part) and ("_stem_" in field) is stems]
    for part in ("title", "body")
    for stems in (False, True)
]
phrases = st.sampled_from(COUNTED_ALIKE).flatmap(phrases_over)
conditions = st.recursive(
    st.one_of(
        st.builds(nodes.Among, st.sampled_from(["path", "id", "language"]), st.just(("/a", "r1", "aa"))),
        st.builds(nodes.Matches, st.just("path"), st.sampled_from([("/c/.*",), ("/a", "/f")])),
        st.builds(nodes.Between, st.just("date"), st.sampled_from(["", "2024-02"]), st.sampled_from(["", "2024-12"])),
    ),
    lambda inner: st.builds(nodes.Negated, inner) | st.builds(nodes.AnyOf, st.tuples(inner, inner)),
    max_leaves=3,
)
leaves = st.one_of(
    st.builds(nodes.Term, fields, terms, weights),
    st.builds(nodes.Term, st.sampled_from(["body_gram_aa", "title_gram_bb"]), st.sampled_from(["ca", "at", "ha"]), weights),
    st.builds(
        nodes.Synonyms,
        fields,
        st.lists(st.tuples(terms, weights), min_size=1, max_size=3, unique_by=lambda pair: pair[0]).map(tuple),
        weights,
    ),
    st.builds(nodes.Prefix, fields, st.sampled_from(["", "c", "ca", "b", "ha"]), weights, st.sampled_from([1, 2, 10_000])),
    st.builds(nodes.Wildcard, fields, st.sampled_from(PATTERNS), weights, st.sampled_from([1, 3, 10_000])),
    phrases,
    st.just(nodes.Everything()),
    st.just(nodes.Nothing()),
)


def several(inner: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[tuple[nodes.Node, ...]]:
    """Give some nodes."""
    return st.lists(inner, min_size=1, max_size=3).map(tuple)


def trees_over(leaves: st.SearchStrategy[nodes.Node]) -> st.SearchStrategy[nodes.Node]:
    """Give trees of all the nodes that are made of others."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(nodes.Sum, several(inner)),
            st.builds(nodes.Max, several(inner)),
            st.builds(nodes.All, several(inner)),
            st.builds(nodes.Rank, inner, several(inner)),
            st.builds(nodes.Scale, inner, weights),
            st.builds(nodes.Without, inner, inner),
            st.builds(nodes.Leading, inner, inner, st.sampled_from([0.0, 0.5, 1.0])),
            st.builds(nodes.Where, inner, st.tuples(conditions)),
        ),
        max_leaves=6,
    )


trees = trees_over(leaves)
plans = st.builds(
    lambda root, bonus, window: nodes.Plan(root, bonus=bonus, window=window, similarity={"body_stem_aa": (0.9, 0.4)}),
    trees,
    st.lists(leaves, max_size=2).map(tuple),
    st.sampled_from([1, 2, 1000]),
)


def write(engine: Engine, run: tuple[list[Addition], list[Key], int]) -> None:
    """Commit one run."""
    batch = Batch()
    for one in run[0]:
        batch.add(
            one.path, one.text, id=one.id, title=one.title, date=one.date, line=one.line, language="bb" if "Haus" in one.text else "aa"
        )
    commit(engine, batch, remove=run[1], memory_bytes=run[2])


def assert_same_answers(left: Engine, right: Engine, plan: nodes.Plan) -> None:
    """Compare everything that two engines say."""
    one, other = left.reader(), right.reader()
    for sort in ("score", "date", "path"):
        # Without the limits: an engine need not look at what cannot change the answer.
        assert one.search(plan, limit=0, sort=sort)[:2] == other.search(plan, limit=0, sort=sort)[:2]
    found = one.search(plan, limit=2, offset=1)
    assert found[:2] == other.search(plan, limit=2, offset=1)[:2]
    for hit in found.hits:
        assert abs(one.explain(plan, hit.key).value - hit.score) < 1e-9
    assert one.keys() == other.keys()
    assert one.stored(one.keys()) == other.stored(one.keys())
    words = [[(field, term) for field in FIELDS] for term in (*TERMS[:6], *PATTERNS)]
    for stored in one.stored(one.keys()):
        key = stored.key
        assert one.text(key) == other.text(key)
        assert one.chunks(key) == other.chunks(key)
        assert one.matches(key, words) == other.matches(key, words)
        for chunk in range(len(one.chunks(key))):
            assert one.occurrences(key, chunk, words) == other.occurrences(key, chunk, words)
    for field in FIELDS:
        assert one.lexicon.documents(field) == other.lexicon.documents(field)
        assert [one.lexicon.frequency(field, term) for term in TERMS] == [other.lexicon.frequency(field, term) for term in TERMS]


@settings(max_examples=60, deadline=None)
@given(history=runs, plan=plans)
def test_the_folder_answers_as_the_oracle(history: list[tuple[list[Addition], list[Key], int]], plan: nodes.Plan) -> None:
    """Whatever was written, replaced and removed, in whatever runs."""
    oracle = OracleEngine()
    with TemporaryDirectory() as folder:
        local = LocalEngine(folder, disk=QuickDisk())
        for run in history:
            write(oracle, run)
            write(local, run)

        assert_same_answers(local, oracle, plan)
        assert local.verify() == []


@settings(max_examples=60, deadline=None)
@given(
    written=st.lists(additions.filter(lambda one: one.id is None), min_size=1, max_size=6),
    words=st.lists(st.tuples(st.sampled_from([1, 1, 1, 2]), st.sampled_from(FOUND_TOGETHER)), min_size=2, max_size=3),
    slop=st.sampled_from([0, 0, 1, 3]),
)
def test_a_phrase_over_two_fields_is_that_of_the_oracle(
    written: list[Addition], words: list[tuple[int, tuple[str, str]]], slop: int
) -> None:
    """Its words are common ones of both languages, so that most phrases are found somewhere."""
    plan = nodes.Plan(phrase_of([(step, [term]) for step, term in words], slop, 1.0))
    oracle = OracleEngine()
    with TemporaryDirectory() as folder:
        local = LocalEngine(folder, disk=QuickDisk())
        for engine in (oracle, local):
            write(engine, (written, [], 1 << 30))

        assert_same_answers(local, oracle, plan)


@settings(max_examples=40, deadline=None)
@given(history=runs, plan=plans)
def test_incremental_equals_rebuild(history: list[tuple[list[Addition], list[Key], int]], plan: nodes.Plan) -> None:
    """Same hits, same scores, to the last bit."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        local, rebuilt = LocalEngine(folder, disk=QuickDisk()), LocalEngine(other)
        alive: dict[Key, Addition] = {}
        for run in history:
            write(local, run)
            for key in run[1]:
                alive.pop(key, None)
            for one in run[0]:
                alive[one.path, one.path if one.id is None else one.id] = one
        write(rebuilt, (sorted(alive.values(), key=lambda one: one.text), [], 1 << 30))

        assert_same_answers(local, rebuilt, plan)
