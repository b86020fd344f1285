"""A word list gives back what was packed, from a file or from memory, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.languages.wordlist import WordList, merged, pack, word_list

words = st.text(st.characters(codec="utf-8", exclude_characters="\t\n"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows=st.dictionaries(words, words, max_size=40), other=words)
def test_gives_back_what_was_packed(rows: dict[str, str], other: str) -> None:
    """Every word has its value; a word that was not packed has none."""
    packed = WordList(pack(rows.items()))

    assert {word: packed.get(word) for word in rows} == rows
    assert packed.get(other) == rows.get(other)
    assert (other in packed) == (other in rows)


@settings(max_examples=60, deadline=None)
@given(lists=st.lists(st.dictionaries(words, words, max_size=40), max_size=4))
def test_several_lists_are_one(lists: list[dict[str, str]]) -> None:
    """Of a word that stands in more than one the first counts."""
    together = WordList(b"".join(merged([WordList(pack(rows.items())) for rows in lists])))
    expected: dict[str, str] = {}
    for rows in reversed(lists):
        expected |= rows

    assert {word: together.get(word) for word in expected} == expected
    assert together.get("no\\nword") is None


def test_is_made_once(tmp_path: Path) -> None:
    """The second time the file is there."""
    calls = []

    def rows() -> list[tuple[str, str]]:
        calls.append(1)
        return [("Häuser", "Haus")]

    found = [word_list("some.words", rows, tmp_path).get("Häuser") for _ in range(2)]

    assert found == ["Haus", "Haus"]
    assert len(calls) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["some.words"]


def test_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A folder that cannot be made costs the file, not the words."""
    (tmp_path / "file").write_text("in the way")

    assert word_list("some.words", lambda: [("a", "b")], tmp_path / "file" / "folder").get("a") == "b"


@pytest.mark.parametrize("damage", [b"", b"searchkit words 1\n", b"something else" * 20])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    """What is no whole word list is not believed."""
    (tmp_path / "some.words").write_bytes(damage)

    assert word_list("some.words", lambda: [("a", "b")], tmp_path).get("a") == "b"


def test_a_file_cut_short_is_no_word_list() -> None:
    """Its length stands in its head."""
    with pytest.raises(ValueError, match="cut short"):
        WordList(pack([("a", "b")])[:-1])
