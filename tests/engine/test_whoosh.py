"""Is the folder a real Whoosh index?

Whoosh opens it, and its own queries find the documents that our node of that
kind finds on that field.
"""

# Whoosh is partly untyped, and re-exports without saying so.
# mypy: disable-error-code="attr-defined, name-defined, no-untyped-call"
import pickle
import random
from pathlib import Path

import pytest
import whoosh.index
from whoosh import query
from whoosh.qparser import QueryParser

from searchkit.engine import plan as nodes
from searchkit.engine.local.engine import LocalEngine
from tests.engine.disks import QuickDisk
from tests.engine.kit import Batch, commit, phrase

VOCABULARY = ["cat", "cats", "dog", "dogs", "city", "sunxlight", "well-known", "Haus", "Katze", "bird"]
CHANNELS = ["body_word_aa", "body_stem_aa", "body_fold_aa", "title_stem_aa", "title_word_bb", "body_stem_bb"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give an index of several segments with deletions."""
    folder = str(tmp_path_factory.mktemp("whoosh") / "index")
    engine = LocalEngine(folder, disk=QuickDisk())
    generator = random.Random(7)  # noqa: S311 -- a test, and the same every time

    def text(words: int) -> str:
        return " ".join(generator.choices(VOCABULARY, k=words))

    for run in range(3):
        batch = Batch()
        for number in range(30):
            batch.add(f"/{run}/{number}", text(generator.randint(0, 12)), title=text(2), line=number + 1)
        commit(engine, batch, remove=[(f"/{run - 1}/{number}", f"/{run - 1}/{number}") for number in range(7)])
    return folder


def ours(folder: str, node: nodes.Node) -> set[str]:
    """Give the paths that our node finds."""
    return {hit.key[0] for hit in LocalEngine(folder).reader().search(nodes.Plan(node), limit=0).hits}


def theirs(folder: str, wanted: query.Query) -> set[str]:
    """Give the paths that Whoosh's query finds."""
    with whoosh.index.open_dir(folder).searcher() as searcher:
        return {hit["path"] for hit in searcher.search(wanted, limit=None)}


@pytest.mark.parametrize("field", CHANNELS)
@pytest.mark.parametrize("term", ["cat", "dog", "haus", "katze", "sun", "light", "known", "citi", "ies", "nothing"])
def test_terms(index: str, field: str, term: str) -> None:
    """``Term`` finds what ``Term`` finds."""
    assert theirs(index, query.Term(field, term)) == ours(index, nodes.Term(field, term))


@pytest.mark.parametrize("field", CHANNELS)
def test_or_prefix_and_wildcard(index: str, field: str) -> None:
    """Several terms of a field."""
    both = query.Or([query.Term(field, "cat"), query.Term(field, "haus")])
    assert theirs(index, both) == ours(index, nodes.Sum((nodes.Term(field, "cat"), nodes.Term(field, "haus"))))
    for prefix in ("c", "d", "su", "zz"):
        assert theirs(index, query.Prefix(field, prefix)) == ours(index, nodes.Prefix(field, prefix))
    for pattern in ("c?t", "*s", "*n*", "d*g"):
        assert theirs(index, query.Wildcard(field, pattern)) == ours(index, nodes.Wildcard(field, pattern))


@pytest.mark.parametrize("field", [name for name in CHANNELS if "_bb" not in name])
@pytest.mark.parametrize("words", [("cat", "dog"), ("dog", "dog"), ("sun", "light"), ("well", "known"), ("bird", "cat", "dog")])
def test_phrases(index: str, field: str, words: tuple[str, ...]) -> None:
    """Whoosh reads our positions."""
    slots = [(offset, (word,)) for offset, word in enumerate(words)]

    assert theirs(index, query.Phrase(field, list(words))) == ours(index, phrase(field, *slots))


def test_fuzzy_terms(index: str) -> None:
    """Its automaton walks our lexicon."""
    found = theirs(index, query.FuzzyTerm("body_word_aa", "cst"))

    assert found == ours(index, nodes.Term("body_word_aa", "cat"))


def test_everything_and_its_own_parser(index: str) -> None:
    """``Every``, stored fields, counts and the query parser work."""
    opened = whoosh.index.open_dir(index)
    live = LocalEngine(index).reader().keys()

    assert theirs(index, query.Every()) == {path for path, _ in live}
    assert opened.doc_count() == len(live)
    parsed = QueryParser("body_word_aa", opened.schema).parse('CAT AND "well-known dog"')
    expected = nodes.All((nodes.Term("body_word_aa", "cat"), phrase("body_word_aa", (0, ("well-known",)), (1, ("dog",)))))
    assert theirs(index, parsed) == ours(index, expected)
    with opened.searcher() as searcher:
        stored = searcher.search(query.Term("body_word_aa", "cat"))[0].fields()
    assert set(stored) == {"path", "id", "title", "language", "line"}


def test_grams_have_no_positions(index: str) -> None:
    """They are found, and a phrase of them is refused."""
    assert theirs(index, query.Term("body_gram_aa", "at")) == ours(index, nodes.Term("body_gram_aa", "at"))
    with pytest.raises(query.QueryError):
        theirs(index, query.Phrase("body_gram_aa", ["ca", "at"]))
    with pytest.raises(ValueError, match="no positions"):
        ours(index, phrase("body_gram_aa", (0, ("ca",)), (1, ("at",))))


def test_nothing_of_ours_unpickles(index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening, searching and verifying read no pickle: one may be planted."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    engine = LocalEngine(index)

    assert engine.reader().search(nodes.Plan(nodes.Term("body_word_aa", "cat"))).hits
    assert engine.verify() == []


def test_a_foreign_whoosh_index_is_left_alone(tmp_path: Path) -> None:
    """Two tables of contents in a folder would be taken for one index."""
    from whoosh import fields

    from searchkit.errors import IndexUnsafeError

    whoosh.index.create_in(str(tmp_path), fields.Schema(text=fields.TEXT))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(IndexUnsafeError):
        commit(LocalEngine(str(tmp_path)))

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != "MAIN_WRITELOCK"} == before
