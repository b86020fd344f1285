"""Whatever happens to a folder between two runs, the index is what a rebuild would make: the same hits and scores."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.app.index import Index

SOAK = "SEARCHKIT_SOAK" in os.environ
NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "deep/d.txt", "r.jsonl"])
WORDS = [
    *("Universität", "universities", "Verträge", "trade", "университета", "соглашение"),
    *("келісімдер", "қала", "협력", "과학기술", "wind", "Windkraft"),
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=0, max_size=8).map(" ".join)
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, TEXTS),
    st.tuples(st.just("remove"), NAMES, st.just("")),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("touch"), NAMES, st.just("")),
    st.tuples(st.just("run"), st.just(""), st.just("")),
)
QUERIES = ("university", "Vertrag", "университет", "келісім", "협력", "trade wind", "Windkraft", "универс*", "-trade")


def take(folder: Path, step: tuple[str, str, str], index: Index) -> None:
    """Do one thing to a folder."""
    what, name, detail = step
    path = folder / name
    if what == "write":
        path.parent.mkdir(exist_ok=True)
        records = [f'{{"_id": "{at}", "text": "{word}"}}\n' for at, word in enumerate(detail.split())]
        path.write_text("".join(records) if name.endswith("jsonl") else detail, "utf-8")
    elif what == "run":
        index.update(folder, jobs=1)
    elif not path.exists() or path == folder:
        return
    elif what == "remove":
        path.unlink()
    elif what == "touch":
        path.touch()
    else:
        (folder / detail).parent.mkdir(exist_ok=True)
        path.replace(folder / detail)


def answers(index: Index) -> object:
    """Give hits and scores of some queries, and how many documents there are."""
    found = [index.search(query, limit=0, match="any") for query in QUERIES]
    return index.status().documents, [[(hit.path, hit.id, hit.score, hit.title, hit.lang) for hit in each.hits] for each in found]


@settings(max_examples=400 if SOAK else 12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=14))
def test_incremental_is_a_rebuild(steps: list[tuple[str, str, str]]) -> None:
    """Added, edited, renamed, removed, touched, in any order."""
    place = Path(tempfile.mkdtemp())
    folder = place / "texts"
    folder.mkdir()
    try:
        with Index(place / "grown") as grown, Index(place / "made") as made:
            for step in steps:
                take(folder, step, grown)
            grown.update(folder, jobs=1)
            made.update(folder, jobs=1)

            assert answers(grown) == answers(made)
            assert grown.verify() == []
    finally:
        shutil.rmtree(place)
