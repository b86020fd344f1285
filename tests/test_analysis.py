"""Documents and queries meet the languages in one place, in the same way."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import CHUNK_CHARS, LONGEST_CHUNK_CHARS, DocumentAnalyzer, iter_chunks, query_words
from searchkit.documents.model import Document
from searchkit.documents.read import read_file
from searchkit.text.normalize import nfc
from searchkit.text.words import word_spans


def terms_of(text: str, code: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """Analyse a text: the language and the stems of each written word."""
    analyzer = DocumentAnalyzer()
    document = analyzer.document(Document("/a", "/a", None, text, language=code))
    table = analyzer.forms
    return [(table[row].language, tuple(term for term, _ in table[row].stems)) for row in document.forms]


@given(text=st.text(st.characters(codec="utf-8"), max_size=2000), code=st.sampled_from(["ko", "kk", "ru", "de", "en", "other"]))
@settings(max_examples=80, deadline=None)
def test_chunks_hold_every_word_once(text: str, code: str) -> None:
    """In order, none cut in two, none lost, whatever the text."""
    text = nfc(text)

    chunks = list(iter_chunks(text, code))

    assert all(left[1] <= right[0] for left, right in pairwise(chunks))
    inside = [span for start, end, _ in chunks for span in word_spans(text, start, end)]
    assert inside == word_spans(text)


@given(text=st.text("ab 다.!\n한", max_size=3000))
@settings(max_examples=40, deadline=None)
def test_a_document_has_a_form_for_every_written_word(text: str) -> None:
    """Chunk by chunk, as an engine will cut them again."""
    analyzer = DocumentAnalyzer()

    document = analyzer.document(Document("/a", "/a", None, text, language="ko"))

    assert [chunk.words for chunk in document.chunks] == [len(word_spans(text, chunk.start, chunk.end)) for chunk in document.chunks]
    assert len(document.forms) == len(word_spans(text))


def test_a_long_line_is_cut_between_words() -> None:
    """A log, a table, minified text, a text in Chinese."""
    for text in ("Wort " * 5000, "字" * 5000, "x" * 5000, "字。" * 3000):
        chunks = list(iter_chunks(text, "other"))

        assert sum(len(word_spans(text, start, end)) for start, end, _ in chunks) == len(word_spans(text))
        longest = max(end - start for start, end, _ in chunks)
        assert longest <= LONGEST_CHUNK_CHARS + 2 * CHUNK_CHARS or len(word_spans(text)) == 1 or "字字" in text


def test_a_paragraph_in_another_language_has_its_own() -> None:
    """A German document may quote an English one."""
    text = (
        "Die Hochschulen beider Länder haben gestern eine Vereinbarung unterzeichnet und wollen enger zusammenarbeiten.\n\n"
        "The universities of both countries signed an agreement yesterday, and they are going to work together more closely."
    )

    found = terms_of(text)

    assert {code for code, _ in found[:10]} == {"de"}
    assert {code for code, _ in found[-10:]} == {"en"}


def test_a_word_of_another_script_goes_to_its_own_analyser() -> None:
    """KAIST in a Korean text is an English word."""
    assert terms_of("KAIST와 카자흐스탄의 협력", "ko")[0] == ("en", ("kaist",))


def test_kazakh_in_latin_letters_is_kazakh() -> None:
    """Its Latin words are its own script."""
    assert {code for code, _ in terms_of("Qazaqstan Respublikasynyñ Prezidenti halyqqa joldau arnady", "kk")} == {"kk"}


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("a.txt", "eins\n\nzwei\ndrei Satellit", "Satellit"),
        ("a.md", "---\ntitle: T\n---\n\n# Kopf\n\n| a | b |\n|---|---|\n| c | Satellit |\n", "Satellit"),
        ("a.html", "<html><body><table>\n<tr>\n<td>eins</td>\n<td>zwei</td>\n<td>Satellit</td>\n</tr></table></body></html>", "Satellit"),
        ("a.html", "<p>eins\nzwei\n<b\nclass=x>drei</b> Satellit</p>", "Satellit"),
    ],
)
def test_a_chunk_knows_its_source_line(name: str, text: str, word: str) -> None:
    """Also where the source's lines are not the text's."""
    document = next(iter(read_file("/" + name, text.encode())))
    assert isinstance(document, Document)

    analyzed = DocumentAnalyzer().document(document)

    at = document.text.index(word)
    chunk = next(chunk for chunk in analyzed.chunks if chunk.start <= at < chunk.end)
    line = chunk.line + document.text.count("\n", chunk.start, at)
    assert word in text.splitlines()[line - 1]


def test_a_query_is_cut_and_analysed_as_a_text_is() -> None:
    """Several Korean words together, foreign ones by their own analyser."""
    words = query_words("KAIST와의 협력을 강화했다", "ko")

    assert [(word.text, word.code) for word in words] == [("KAIST", "en"), ("와의", "ko"), ("협력을", "ko"), ("강화했다", "ko")]
    assert words[2].analysis.readings[0].terms == (("협력", 0),)
