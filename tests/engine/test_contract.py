"""What every engine owes its callers: one suite over all of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.engine import plan as nodes
from searchkit.engine.contract import TITLE_GAP, Engine, Hits, Key, Occurrence
from searchkit.engine.local.engine import LocalEngine
from searchkit.errors import IndexMissingError
from tests.engine.disks import QuickDisk
from tests.engine.kit import Batch, commit, fill, phrase
from tests.engine.oracle import OracleEngine

ENGINES: dict[str, Callable[[str], Engine]] = {
    "oracle": lambda _: OracleEngine(),
    "local": lambda folder: LocalEngine(folder, disk=QuickDisk()),
}
WORD, STEM, GRAM, FOLD = (f"body_{channel}_aa" for channel in ("word", "stem", "gram", "fold"))


@pytest.fixture(params=list(ENGINES.values()), ids=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Give an empty engine of each kind."""
    made: Engine = request.param(str(tmp_path / "index"))
    return made


def search(engine: Engine, root: nodes.Node, **options: int | str) -> Hits:
    """Run a plan that is one node."""
    return engine.reader().search(nodes.Plan(root), **options)  # type: ignore[arg-type]


def paths(engine: Engine, root: nodes.Node, **options: int | str) -> list[str]:
    """Give the paths that a node finds, best first."""
    return [hit.key[0] for hit in search(engine, root, **options).hits]


def test_nothing_is_there_before_the_first_commit(engine: Engine) -> None:
    """An index begins with a commit, also an empty one."""
    assert not engine.exists()
    with pytest.raises(IndexMissingError):
        engine.reader()

    commit(engine)

    assert engine.exists()
    assert search(engine, nodes.Everything()) == Hits([], 0, [])
    assert engine.reader().statistics().documents == 0


def test_what_was_not_committed_is_dropped(engine: Engine) -> None:
    """Leaving the block without a commit changes nothing."""
    fill(engine, ["one"])

    with engine.writer(versions={}) as writer:
        batch = Batch().add("/x", "two")
        writer.add(batch.documents, batch.forms)
        writer.remove([("/0", "/0")])

    assert engine.reader().keys() == [("/0", "/0")]


def test_a_run_with_nothing_to_do_makes_no_generation(engine: Engine) -> None:
    """Removing what is not there and the same blob again are nothing."""
    fill(engine, ["one"])
    with engine.writer(versions={"aa": 1}) as writer:
        writer.blob("files", b"1")
        writer.commit()
    before = engine.reader().statistics().generation

    with engine.writer(versions={"aa": 1}) as writer:
        writer.remove([("/nowhere", "/nowhere")])
        writer.blob("files", b"1")
        writer.commit()

    assert engine.reader().statistics().generation == before


def test_a_term_finds_its_documents_best_first(engine: Engine) -> None:
    """More often in fewer words is better."""
    fill(engine, {"/a": "cat dog dog", "/b": "cat cat cat", "/c": "dog", "/d": "cats and other animals"})

    assert paths(engine, nodes.Term(STEM, "cat")) == ["/b", "/a", "/d"]
    assert paths(engine, nodes.Term(WORD, "cats")) == ["/d"]
    assert search(engine, nodes.Term(STEM, "bird")) == Hits([], 0, [])
    assert search(engine, nodes.Term("body_stem_zz", "cat")) == Hits([], 0, [])


def test_ties_go_by_path_line_id(engine: Engine) -> None:
    """Whatever the order in which documents came."""
    batch = Batch()
    for path, line, name in [("/b", 1, "b"), ("/a", 9, "x"), ("/a", 10, "a"), ("/a", 9, "w")]:
        batch.add(path, "cat", id=name, line=line)
    commit(engine, batch)
    commit(engine, Batch().add("/a0", "cat").add("/a", "cat", id="z", line=9))

    expected = [("/a", "w"), ("/a", "x"), ("/a", "z"), ("/a", "a"), ("/a0", "/a0"), ("/b", "b")]

    assert [hit.key for hit in search(engine, nodes.Term(WORD, "cat"), limit=0).hits] == expected
    assert [hit.key for hit in search(engine, nodes.Everything(), limit=3, offset=2).hits] == expected[2:5]
    assert [hit.key for hit in search(engine, nodes.Everything(), sort="path").hits] == expected


def test_limit_and_offset_cut_pages(engine: Engine) -> None:
    """Pages put together are the whole list; the total counts all."""
    fill(engine, ["cat " + "dog " * (number % 7) for number in range(30)])
    root = nodes.Term(STEM, "cat")
    whole = paths(engine, root, limit=0)

    pages = [paths(engine, root, limit=7, offset=offset) for offset in range(0, 35, 7)]

    assert [path for page in pages for path in page] == whole
    assert [search(engine, root, limit=1).total, len(whole)] == [30, 30]
    assert paths(engine, root, limit=5, offset=99) == []


def test_newest_first_undated_last(engine: Engine) -> None:
    """Dates are strings; a month is before its days."""
    batch = Batch()
    for path, date in [("/a", "2024-05-01"), ("/b", None), ("/c", "2025"), ("/d", "2024-05"), ("/e", "2024-05-01")]:
        batch.add(path, "cat", date=date)
    commit(engine, batch)

    assert paths(engine, nodes.Everything(), sort="date") == ["/c", "/a", "/e", "/d", "/b"]


def test_sum_max_and_all_combine(engine: Engine) -> None:
    """Any of them, the best of them, every one of them."""
    fill(engine, {"/both": "cat dog", "/cat": "cat cat", "/dog": "dog"})
    cat, dog = nodes.Term(STEM, "cat"), nodes.Term(STEM, "dog")
    alone = {node.text: {hit.key: hit.score for hit in search(engine, node).hits} for node in (cat, dog)}
    key = ("/both", "/both")

    scores = {type(node): dict(search(engine, node).hits) for node in (nodes.Sum((cat, dog)), nodes.Max((cat, dog)), nodes.All((cat, dog)))}

    assert scores[nodes.Sum][key] == scores[nodes.All][key] == alone["cat"][key] + alone["dog"][key]
    assert scores[nodes.Max][key] == max(alone["cat"][key], alone["dog"][key])
    assert set(scores[nodes.All]) == {key}
    assert set(scores[nodes.Sum]) == set(scores[nodes.Max]) == {key, ("/cat", "/cat"), ("/dog", "/dog")}


def test_rank_adds_and_finds_nothing_new(engine: Engine) -> None:
    """Extras only order what the node finds."""
    fill(engine, {"/a": "cat", "/b": "cat dog", "/c": "dog"})

    assert paths(engine, nodes.Rank(nodes.Term(STEM, "cat"), (nodes.Term(STEM, "dog", 5.0),))) == ["/b", "/a"]


def test_scale_without_where_and_nothing(engine: Engine) -> None:
    """The nodes that are built around another one."""
    fill(engine, {"/a": "cat", "/b": "cat dog", "/c": "dog"})
    cat, dog = nodes.Term(STEM, "cat"), nodes.Term(STEM, "dog")
    plain = dict(search(engine, cat).hits)

    assert dict(search(engine, nodes.Scale(cat, 0.5)).hits) == {key: 0.5 * score for key, score in plain.items()}
    assert paths(engine, nodes.Without(cat, dog)) == ["/a"]
    assert paths(engine, nodes.Without(nodes.Everything(), dog)) == ["/a"]
    assert paths(engine, nodes.Where(cat, (nodes.Among("path", ("/b", "/c")),))) == ["/b"]
    assert paths(engine, nodes.Sum((nodes.Nothing(),))) == []


def test_conditions_admit_by_column(engine: Engine) -> None:
    """Language, path, id and date."""
    batch = Batch()
    batch.add("/x/a.txt", "cat", language="aa", date="2024-01-05").add("/x/y/b.txt", "cat", language="bb").add("/z.txt", "cat", date="2025")
    batch.add("/j.jsonl", "cat", id="r1").add("/j.jsonl", "cat", id="r2", date="2024")
    commit(engine, batch)

    def admitted(*conditions: nodes.Condition) -> list[Key]:
        return [hit.key for hit in search(engine, nodes.Where(nodes.Everything(), conditions)).hits]

    assert admitted(nodes.Among("language", ("bb",))) == [("/x/y/b.txt", "/x/y/b.txt")]
    assert admitted(nodes.Matches("path", (r"/x/[^/]*", r"/z.*"))) == [("/x/a.txt", "/x/a.txt"), ("/z.txt", "/z.txt")]
    assert admitted(nodes.Matches("path", ("/x",))) == []
    assert admitted(nodes.Between("date", "2024", "2024-12-31")) == [("/j.jsonl", "r2"), ("/x/a.txt", "/x/a.txt")]
    assert admitted(nodes.Between("date", "2024-01-01", "")) == [("/x/a.txt", "/x/a.txt"), ("/z.txt", "/z.txt")]
    assert admitted(nodes.Among("id", ("r1", "/z.txt"))) == [("/j.jsonl", "r1"), ("/z.txt", "/z.txt")]
    negated = nodes.Negated(nodes.AnyOf((nodes.Among("language", ("bb",)), nodes.Between("date", "", ""))))
    assert admitted(negated) == [("/j.jsonl", "r1")]
    assert admitted(nodes.Among("language", ("aa",)), nodes.Among("path", ("/z.txt",))) == [("/z.txt", "/z.txt")]


def test_prefixes_and_wildcards_find_and_report_their_limit(engine: Engine) -> None:
    """As synonyms of the terms, the first of them by code points."""
    fill(engine, {"/a": "car", "/b": "care cart", "/c": "scar", "/d": "cat", "/e": "CARE"})

    assert paths(engine, nodes.Prefix(WORD, "car")) == ["/b", "/a"]
    assert paths(engine, nodes.Wildcard(WORD, "*car")) == ["/a", "/c"]
    assert paths(engine, nodes.Wildcard(WORD, "ca?")) == ["/a", "/d"]
    assert paths(engine, nodes.Wildcard(WORD, "*a*r*")) == ["/b", "/a", "/c"]
    assert paths(engine, nodes.Wildcard("body_word_bb", "c?r*")) == ["/e"]
    cut = search(engine, nodes.Prefix(WORD, "c", limit=2))
    assert [hit.key[0] for hit in cut.hits] == ["/a", "/b"]
    assert cut.limits == ["c*: only the first 2 terms"]
    assert search(engine, nodes.Prefix(WORD, "c", limit=4)).limits == []


def test_terms_of_dead_documents_use_up_no_limit(engine: Engine) -> None:
    """Otherwise adding and removing would find less than a rebuild."""
    fill(engine, {"/a": "caa", "/b": "cab", "/c": "cac"})
    commit(engine, Batch().add("/d", "cad"), remove=[("/a", "/a"), ("/b", "/b")])

    found = search(engine, nodes.Prefix(WORD, "ca", limit=2))

    assert [hit.key[0] for hit in found.hits] == ["/c", "/d"]
    assert found.limits == []


def test_synonyms_score_as_one_term(engine: Engine) -> None:
    """A rare variant does not outrank the usual form."""
    fill(engine, {"/a": "cat zzz zzz", "/b": "kat zzz zzz", "/c": "cat kat", "/d": "cat"})
    both = nodes.Synonyms(STEM, (("cat", 1.0), ("kat", 0.5)))
    found = dict(search(engine, both).hits)

    assert set(found) == {(path, path) for path in ("/a", "/b", "/c", "/d")}
    assert found["/a", "/a"] > found["/b", "/b"]


def test_a_phrase_needs_its_offsets(engine: Engine) -> None:
    """Exact: the words at their places, any of the terms of a slot."""
    fill(engine, {"/a": "big cats sleep", "/b": "cat big", "/c": "big old cat", "/d": "big dog big cat big cat"})

    def found(*slots: tuple[int, tuple[str, ...]], slop: int = 0) -> list[str]:
        return paths(engine, phrase(STEM, *slots, slop=slop))

    assert found((0, ("big",)), (1, ("cat",))) == ["/d", "/a"]
    assert found((0, ("big",)), (2, ("cat",))) == ["/c"]
    assert found((0, ("big",)), (1, ("dog", "old"))) == ["/c", "/d"]
    assert found((0, ("big",)), (1, ("bird",))) == []
    assert set(found((0, ("big",)), (1, ("cat",)), slop=1)) == {"/a", "/b", "/c", "/d"}


def test_a_near_phrase_needs_as_many_words_as_it_asks_for(engine: Engine) -> None:
    """The same word twice is two words."""
    fill(engine, {"/a": "cat", "/b": "cat dog cat", "/c": "cat dog dog dog cat"})

    assert paths(engine, phrase(STEM, (0, ("cat",)), (1, ("cat",)), slop=1)) == ["/b"]


def test_no_phrase_reaches_from_the_title_into_the_text(engine: Engine) -> None:
    """Between them lies the gap; in the body field both are there."""
    batch = Batch().add("/a", "cat sleeps", title="big").add("/b", "sleeps", title="big cat")
    commit(engine, batch)
    big_cat = ((0, ("big",)), (1, ("cat",)))

    assert paths(engine, phrase(STEM, *big_cat)) == ["/b"]
    assert paths(engine, phrase("title_stem_aa", *big_cat)) == ["/b"]
    assert paths(engine, phrase(STEM, *big_cat, slop=TITLE_GAP)) == ["/a", "/b"]
    assert paths(engine, nodes.Term("title_stem_aa", "cat")) == ["/b"]
    assert sorted(paths(engine, nodes.Term(STEM, "cat"))) == ["/a", "/b"]


def test_positions_are_of_the_document_whatever_the_language(engine: Engine) -> None:
    """A word of another language takes up its place, parts of a word follow each other."""
    fill(engine, {"/a": "big Haus cat", "/b": "big cat", "/c": "sunxlight falls", "/d": "well-known cat"})

    assert paths(engine, phrase(STEM, (0, ("big",)), (2, ("cat",)))) == ["/a"]
    assert paths(engine, phrase(STEM, (0, ("sun",)), (1, ("light",)), (2, ("fall",)))) == ["/c"]
    assert paths(engine, phrase(WORD, (0, ("well",)), (1, ("known",)), (2, ("cat",)))) == ["/d"]
    assert paths(engine, phrase(STEM, (0, ("well-known",)), (1, ("cat",)))) == ["/d"]


def test_a_phrase_reaches_over_languages(engine: Engine) -> None:
    """Its words lie in the fields of two languages; a slot may hold terms of both."""
    fill(engine, {"/a": "big Haus cat", "/b": "Haus big", "/c": "big haus", "/d": "big cat Haus"})
    big, haus, cat = (STEM, "big"), ("body_stem_bb", "haus"), (STEM, "cat")

    def found(*slots: tuple[int, tuple[tuple[str, str], ...]], slop: int = 0) -> set[str]:
        return set(paths(engine, nodes.Phrase(slots, slop)))

    assert found((0, (big,)), (1, (haus,))) == {"/a"}
    assert found((0, (big,)), (1, (haus,)), (2, (cat,))) == {"/a"}
    assert found((0, (big,)), (1, (haus, (STEM, "hau")))) == {"/a", "/c"}
    assert found((0, (big,)), (1, (haus, cat))) == {"/a", "/d"}
    assert found((0, (big,)), (1, (haus,)), slop=1) == {"/a", "/b", "/d"}
    assert found((0, (big,)), (1, (("body_stem_zz", "haus"),))) == set()


def test_a_slot_counts_as_its_commonest_term(engine: Engine) -> None:
    """Not as a word that another language happens to have once; and its field scores the phrase."""
    fill(engine, {"/a": "big cat", "/b": "big dog Cat zzz", "/c": "cat", "/d": "cat yes"})
    plain = dict(search(engine, phrase(STEM, (0, ("big",)), (1, ("cat",)))).hits)

    either = nodes.Phrase(((0, ((STEM, "big"),)), (1, (("body_stem_bb", "cat"), (STEM, "cat")))))

    assert dict(search(engine, either).hits) == plain


@pytest.mark.parametrize("fields", [(STEM, WORD), (STEM, "title_stem_aa"), (STEM, "body_gram_aa")])
def test_a_phrase_over_fields_that_are_counted_apart_is_refused(engine: Engine, fields: tuple[str, str]) -> None:
    """Offsets mean nothing between them."""
    if isinstance(engine, OracleEngine):
        pytest.skip("the oracle is asked sound plans only")
    fill(engine, {"/a": "big cat"})

    with pytest.raises(ValueError, match=r"phrase over|no positions"):
        search(engine, nodes.Phrase(tuple((offset, ((field, "cat"),)) for offset, field in enumerate(fields))))


def test_a_fold_term_stands_where_its_word_stands(engine: Engine) -> None:
    """Phrases run over the fold channel too, and over both."""
    fill(engine, {"/a": "one-two city yes", "/b": "city on yes"})

    assert paths(engine, phrase(FOLD, (0, ("citi",)), (1, ("ies",)))) == ["/a"]
    assert paths(engine, nodes.Phrase(((0, ((WORD, "two"),)), (1, ((FOLD, "citi"),))))) == ["/a"]


def test_the_bonus_goes_to_the_window_alone(engine: Engine) -> None:
    """It is part of the score's definition, not a shortcut."""
    fill(engine, {"/a": "cat cat dog", "/b": "cat bird dog zzz", "/c": "dog cat zzz zzz zzz"})
    plan = nodes.Plan(nodes.Term(STEM, "cat"), bonus=(nodes.Term(STEM, "dog", 100.0),), window=2)
    plain = dict(search(engine, plan.root).hits)

    found = engine.reader().search(plan)

    assert [hit.key[0] for hit in found.hits][2] == "/c"
    assert found.hits[2].score == plain["/c", "/c"]
    assert all(hit.score > plain[hit.key] + 1 for hit in found.hits[:2])


def test_similarity_is_by_field(engine: Engine) -> None:
    """``k1`` 0 ignores repetition, ``b`` 0 length."""
    fill(engine, {"/a": "cat cat cat", "/b": "cat and much else besides"})
    plan = nodes.Plan(nodes.Term(STEM, "cat"), similarity={STEM: (0.0, 0.0)})

    first, second = engine.reader().search(plan).hits

    assert first.score == second.score
    assert (first.key[0], second.key[0]) == ("/a", "/b")


def test_grams_count_as_often_as_they_are_given(engine: Engine) -> None:
    """They have no positions."""
    fill(engine, {"/a": "banana", "/b": "bandit"})

    assert paths(engine, nodes.Term(GRAM, "an")) == ["/a", "/b"]
    assert paths(engine, nodes.Term(GRAM, "na")) == ["/a"]


def test_explanations_add_up(engine: Engine) -> None:
    """The value is the score."""
    batch = Batch().add("/a", "cat dog city", title="Cats").add("/b", "cat care", date="2024").add("/c", "dog cat cat")
    commit(engine, batch)
    root = nodes.Where(
        nodes.Rank(
            nodes.Sum(
                (
                    nodes.Max((nodes.Term(STEM, "cat", 0.7), nodes.Scale(nodes.Prefix(WORD, "ca"), 0.3))),
                    nodes.All((nodes.Term(STEM, "dog"), nodes.Synonyms(STEM, (("cat", 1.0), ("dog", 0.5))))),
                )
            ),
            (nodes.Term(GRAM, "at", 0.2), nodes.Without(nodes.Everything(), nodes.Term(STEM, "dog"))),
        ),
        (nodes.Negated(nodes.Among("path", ("/z",))),),
    )
    plan = nodes.Plan(root, bonus=(phrase(STEM, (0, ("cat",)), (1, ("dog",)), weight=0.1),), window=2)
    reader = engine.reader()

    for hit in reader.search(plan).hits:
        assert reader.explain(plan, hit.key).value == pytest.approx(hit.score, abs=1e-9)
    assert reader.explain(nodes.Plan(nodes.Term(STEM, "cat")), ("/c", "/c")).value > 0
    assert reader.explain(nodes.Plan(nodes.Term(STEM, "care")), ("/c", "/c")).value == 0


def test_a_key_that_is_live_is_replaced(engine: Engine) -> None:
    """In the next run and in the same one: the last one wins."""
    fill(engine, {"/a": "one", "/b": "two"})
    batch = Batch().add("/a", "three").add("/c", "four").add("/c", "five").add("/a", "six")

    commit(engine, batch)

    reader = engine.reader()
    assert reader.keys() == [("/a", "/a"), ("/b", "/b"), ("/c", "/c")]
    assert list(map(reader.text, reader.keys())) == ["six", "two", "five"]
    assert paths(engine, nodes.Prefix(WORD, "f")) == ["/c"]
    assert paths(engine, nodes.Term(WORD, "one")) == paths(engine, nodes.Term(WORD, "three")) == []


def test_what_is_added_and_removed_in_one_run_is_not_there(engine: Engine) -> None:
    """And what is removed and added is."""
    fill(engine, {"/a": "one"})
    with engine.writer(versions={}) as writer:
        batch = Batch().add("/a", "two").add("/b", "three")
        writer.remove([("/a", "/a")])
        writer.add(batch.documents, batch.forms)
        writer.remove([("/b", "/b")])
        writer.commit()

    assert list(map(engine.reader().text, engine.reader().keys())) == ["two"]


def test_a_reader_keeps_its_state(engine: Engine) -> None:
    """Whatever is committed after it was opened, thrice."""
    fill(engine, {"/a": "cat"})
    with engine.writer(versions={}) as writer:
        writer.blob("files", b"old")
        writer.commit()
    reader = engine.reader()

    for number in range(3):
        commit(engine, Batch().add("/a", f"dog{number}"))
    with engine.writer(versions={}) as writer:
        writer.blob("files", b"new")
        writer.commit()

    assert [hit.key[0] for hit in reader.search(nodes.Plan(nodes.Term(STEM, "cat"))).hits] == ["/a"]
    assert reader.text(("/a", "/a")) == "cat"
    assert reader.blob("files") == b"old"
    assert engine.reader().blob("files") == b"new"
    assert paths(engine, nodes.Term(STEM, "cat")) == []


def test_a_rebuild_starts_from_nothing(engine: Engine) -> None:
    """The old state answers until the commit."""
    fill(engine, {"/a": "cat"})
    with engine.writer(versions={"aa": 2}, rebuild=True) as writer:
        batch = Batch().add("/b", "dog")
        writer.add(batch.documents, batch.forms)
        assert engine.reader().keys() == [("/a", "/a")]
        writer.commit()

    reader = engine.reader()
    assert reader.keys() == [("/b", "/b")]
    assert (reader.statistics().generation, reader.statistics().versions) == (2, {"aa": 2})


def test_texts_and_facts_come_back_as_they_were(engine: Engine) -> None:
    """Every character, also the odd ones, and pieces by code points."""
    odd = "naïve \U0001f600 한국어\u0301 \x00 \ud800 " * 900
    batch = Batch()
    batch.add("/odd\udcff", odd, title="A title", language="ko", date="2024-02", line=7, metadata={"url": "http://x/", "encoding": "cp949"})
    batch.add("/plain", "cat", id="")
    commit(engine, batch)
    reader = engine.reader()
    key = ("/odd\udcff", "/odd\udcff")

    assert reader.text(key) == odd
    assert reader.text(key, 15_990, 16_020) == odd[15_990:16_020]
    assert reader.text(key, 5) == odd[5:]
    stored = reader.stored([("/plain", ""), key])
    assert [one.key for one in stored] == [("/plain", ""), key]
    assert stored[1] == (key, "A title", "ko", "2024-02", 7, {"url": "http://x/", "encoding": "cp949"}, len(odd))
    with pytest.raises(KeyError):
        reader.stored([("/plain", "x")])
    with pytest.raises(KeyError):
        reader.text(("/nowhere", "/nowhere"))


def test_documents_are_found_by_id_or_path(engine: Engine) -> None:
    """Sorted; dead ones are not there."""
    batch = Batch().add("/j", "cat", id="r1").add("/j", "cat", id="r2").add("/r", "cat", id="r1").add("/j2", "cat", id="/j")
    commit(engine, batch)
    commit(engine, remove=[("/j", "r2")])
    reader = engine.reader()

    assert reader.find("r1") == [("/j", "r1"), ("/r", "r1")]
    assert reader.find("/j") == [("/j", "r1"), ("/j2", "/j")]
    assert reader.find("r2") == reader.find("") == []


def test_matches_and_occurrences_find_the_words_again(engine: Engine) -> None:
    """By chunk, by written word; a word at most once for each asked word."""
    text = "the sunxlight falls on well-known cats\n\n  A Haus for city cats 0 and sunxlight\nno more"
    batch = Batch().add("/a", text, title="cats first").add("/b", "cats")
    commit(engine, batch)
    reader, key = engine.reader(), ("/a", "/a")
    words = [
        [(STEM, "light"), (STEM, "sun"), (WORD, "sunxlight")],
        [(STEM, "cat"), (WORD, "c*")],
        [(WORD, "known"), (FOLD, "citi"), ("body_stem_bb", "us"), ("title_stem_aa", "first")],
        [(GRAM, "ca")],
    ]

    assert [chunk.words for chunk in reader.chunks(key)] == [6, 8, 2]
    assert reader.matches(key, words) == [{0: 1, 1: 1}, {0: 1, 1: 2}, {0: 1, 1: 2}, {}]
    found = [(text[one.start : one.end], one.word) for one in reader.occurrences(key, 1, words)]
    assert found == [("Haus", 2), ("city", 1), ("city", 2), ("cats", 1), ("sunxlight", 0)]
    assert reader.occurrences(key, 2, words) == []
    assert reader.occurrences(("/b", "/b"), 0, words) == [Occurrence(0, 4, 1)]
    assert reader.matches(("/b", "/b"), [[("title_stem_aa", "cat")], []]) == [{}, {}]


def test_the_lexicon_knows_terms_and_words(engine: Engine) -> None:
    """Over all commits together."""
    commit(engine, Batch().add("/a", "cats city", title="Haus"))
    commit(engine, Batch().add("/b", "cat dogs city"))
    lexicon = engine.reader().lexicon

    assert lexicon.fields() == sorted(
        [WORD, STEM, GRAM, FOLD, *(f"{part}_{channel}_bb" for part in ("title", "body") for channel in ("word", "stem", "gram", "fold"))]
    )
    assert list(lexicon.terms(WORD)) == [("cat", 1), ("cats", 1), ("city", 2), ("dogs", 1)]
    assert list(lexicon.terms(WORD, "cat")) == [("cat", 1), ("cats", 1)]
    assert list(lexicon.terms("body_word_zz")) == []
    assert (lexicon.frequency(STEM, "cat"), lexicon.frequency(STEM, "haus"), lexicon.frequency("body_stem_bb", "haus")) == (2, 0, 1)
    assert lexicon.lemmas("aa") == ["cat", "cats", "city", "dogs"]
    assert lexicon.lemmas("zz") == []
    assert lexicon.knows("bb", "haus")
    assert not lexicon.knows("aa", "haus")
    assert (lexicon.documents(WORD), lexicon.documents("title_stem_bb"), lexicon.documents("title_stem_aa")) == (2, 1, 0)


def test_statistics_count_live_documents(engine: Engine) -> None:
    """By language, most first, then by name."""
    batch = Batch().add("/a", language="ko").add("/b", language="en").add("/c", language="de").add("/d", language="en")
    commit(engine, batch)
    commit(engine, remove=[("/a", "/a")])
    statistics = engine.reader().statistics()

    assert (statistics.documents, statistics.generation) == (3, 2)
    assert list(statistics.languages.items()) == [("en", 2), ("de", 1)]
    assert statistics.versions == {"aa": 1, "bb": 1}


def test_blobs_are_carried_on(engine: Engine) -> None:
    """By name; empty ones too."""
    with engine.writer(versions={}) as writer:
        writer.blob("files", b"x" * 100_000)
        writer.blob("empty", b"")
        writer.commit()
    commit(engine, Batch().add("/a", "cat"))
    reader = engine.reader()

    assert (reader.blob("files"), reader.blob("empty"), reader.blob("other")) == (b"x" * 100_000, b"", None)


def test_it_is_sound(engine: Engine) -> None:
    """After several commits there is nothing to find."""
    fill(engine, ["cat", "dog Haus", ""])
    commit(engine, Batch().add("/1", "bird"), remove=[("/0", "/0")])

    assert engine.verify() == []
