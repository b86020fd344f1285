"""A passage is a true piece of its text, and its marks are where the words stand."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.analysis import DocumentAnalyzer
from searchkit.documents.model import Document
from searchkit.engine.local.engine import LocalEngine
from searchkit.engine.local.reader import LocalReader
from searchkit.passages import Asked, Passage, passages
from searchkit.text.normalize import nfc, term_form
from searchkit.text.words import word_spans

KEY = ("/a", "/a")


def cut(place: Path, text: str, words: list[str], code: str = "other", **options: int) -> list[Passage]:
    """Index one text and cut its passages for some words of it."""
    analyzer = DocumentAnalyzer()
    document = analyzer.document(Document("/a", "/a", None, text, language=code))
    engine = LocalEngine(str(place))
    with engine.writer(versions={}, rebuild=True) as writer:
        writer.add([document], analyzer.forms)
        writer.commit()
    reader = engine.reader()
    fields = [name for name in reader.lexicon.fields() if name.startswith("body_word")]
    terms = tuple(tuple((name, term_form(word)) for name in fields) for word in words)
    try:
        return passages(reader, KEY, Asked(terms, tuple(1.0 for _ in words)), **options)
    finally:
        reader.close()


def test_the_best_passage_is_not_the_first(tmp_path: Path) -> None:
    """Where all words stand together, not where one of them stands first."""
    filler = "Lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor. " * 6
    text = f"Der Wind weht. {filler}\n\n{filler}\n\nWind und Wasser stehen hier. {filler}"

    best = cut(tmp_path, text, ["Wind", "Wasser"])[0]

    assert "Wind und Wasser" in best.text
    assert [best.text[start:end] for start, end in best.highlights] == ["Wind", "Wasser"]


def test_line_and_column_are_those_of_the_first_mark(tmp_path: Path) -> None:
    """As an editor counts them."""
    best = cut(tmp_path, "eins\nzwei drei\nvier fünf sechs\n", ["fünf"])[0]

    assert (best.line, best.column) == (3, 6)


def test_a_text_without_the_words_shows_its_beginning(tmp_path: Path) -> None:
    """A title alone matched."""
    assert cut(tmp_path, "Ein Anfang. " * 100, ["anders"])[0].text.startswith("Ein Anfang.")


def test_a_chunk_of_blanks_has_no_passage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text has one; a forged index may say that a chunk lies where only blanks are."""
    monkeypatch.setattr(LocalReader, "text", lambda *_: " \n ")

    assert cut(tmp_path, "Windkraft", ["Sturm"]) == []


def test_passages_do_not_overlap(tmp_path: Path) -> None:
    """Several of one document, best first."""
    text = "\n\n".join(f"Absatz {number} spricht vom Wind. " + "Füllwort " * 60 for number in range(9))

    found = sorted(cut(tmp_path, text, ["Wind"], count=5), key=lambda passage: passage.start)

    assert len(found) == 5
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("word", ["각", "é", "नमस्ते", "x\u200dy", "Ünal"])
def test_marks_cover_whole_graphemes(tmp_path: Path, word: str) -> None:
    """Whatever the text was composed of."""
    text = nfc(f"davor 👩‍👩‍👧 {word} danach ") * 30

    best = cut(tmp_path, text, [nfc(word)])[0]

    assert best.highlights
    assert all(best.text[start:end] == nfc(word) for start, end in best.highlights)


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=800), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_passage_is_a_piece_of_the_text(tmp_path: Path, text: str, data: st.DataObject) -> None:
    """White space collapsed, marks on whole written words."""
    text = nfc(text)
    spans = word_spans(text)
    if not spans:
        return
    start, end = data.draw(st.sampled_from(spans))

    for passage in cut(tmp_path, text, [text[start:end]], count=2, context_chars=60):
        assert passage.text.removeprefix("… ").removesuffix(" …") == " ".join(text[passage.start : passage.end].split())
        assert all(0 <= low < high <= len(passage.text) for low, high in passage.highlights)
        assert all(left[1] <= right[0] for left, right in pairwise(passage.highlights))


def test_a_passage_stays_in_its_paragraph(tmp_path: Path) -> None:
    """What stands beside an answer in another paragraph is another matter."""
    before, after = "Vorher steht etwas anderes. " * 8, "Nachher steht etwas anderes. " * 8
    text = f"{before}\n\nHier weht der Wind über das Wasser, {'wie überall an der Küste, ' * 4}und das alle Tage.\n\n{after}"

    best = cut(tmp_path, text, ["Wind", "Wasser"])[0]

    assert best.text.removeprefix("… ").startswith("Hier weht")
    assert best.text.removesuffix(" …").endswith("alle Tage.")


def test_a_heading_is_shown_with_what_follows(tmp_path: Path) -> None:
    """It says little alone."""
    text = f"{'Ein anderer Absatz steht davor. ' * 9}\n\nWind\n\nEr weht von Westen. {'Mehr davon. ' * 30}"

    best = cut(tmp_path, text, ["Wind"])[0]

    assert best.text.removeprefix("… ").startswith("Wind Er weht von Westen.")


def test_every_match_in_a_passage_is_marked(tmp_path: Path) -> None:
    """Also those that the passage was not chosen for."""
    text = f"Wasser, Wasser und Wind. {'Lorem ipsum dolor. ' * 3}Ein Wasser."

    best = cut(tmp_path, text, ["Wind", "Wasser"])[0]

    assert [best.text[start:end] for start, end in best.highlights] == ["Wasser", "Wasser", "Wind", "Wasser"]


def test_passages_of_short_lines_hold_several(tmp_path: Path) -> None:
    """A list is read on, a line of it alone says nothing."""
    text = "\n".join(f"Zeile {number} von Wind" if number == 30 else f"Zeile {number} steht hier" for number in range(60))

    best = cut(tmp_path, text, ["Wind"])[0]

    assert "Zeile 29 steht hier Zeile 30 von Wind" in best.text or "Zeile 30 von Wind Zeile 31 steht hier" in best.text
    assert best.line == 31
