"""A Markdown text gives its words without its marks, line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.documents.readers.markdown import read_markdown
from tests.documents.texts import check_document, line_at

TEXT = """---
title: "Ein „Titel“"
date: 2024-06-12 10:00:00 +0900
lang: de-DE
tags: [eins, zwei]
summary: >
  über zwei
  Zeilen
---

# Überschrift *betont* {#anker}

Ein **fetter** [Verweis](https://example.org/a_(b) "Titel") und ein ![Bild](b.png),
ein [zweiter][v] und snake_case; 한국**과학**을 5*3*2.

| Land | Stadt |
|------|:-----:|
| Korea | Seoul |

```python
if a < b:   # *kein* [Verweis](x)
    print("<div>")
```

- [x] erstens
- zweitens
1. drittens

> Zitat mit <span class="x">Auszeichnung</span> &amp; `<code>`

Unterstrichen
-------------
Fußnote[^1].

[v]: https://example.org
[^1]: Anmerkung
<!-- verborgen

auch verborgen -->
<p>Absatz</p>
"""


def read(source: str) -> str:
    """Text of a Markdown source."""
    document = read_markdown("/a.md", source)
    return document.text if document else ""


def test_text_is_read_without_marks() -> None:
    """Links keep their text, images their alternative text, code everything."""
    document = read_markdown("/a.md", TEXT)

    assert document is not None
    assert document.text == (
        "über zwei Zeilen\n\nÜberschrift betont\n\nEin fetter Verweis und ein Bild,\nein zweiter und snake_case; 한국과학을 5*3*2.\n\n"
        'Land | Stadt\nKorea | Seoul\n\nif a < b:   # *kein* [Verweis](x)\n    print("<div>")\n\n'
        "erstens\nzweitens\n1. drittens\n\nZitat mit Auszeichnung & <code>\n\nUnterstrichen\n\nFußnote.\n\nAnmerkung\n\nAbsatz"
    )
    assert (document.title, document.date, document.language) == ("Ein „Titel“", "2024-06-12", "de")
    assert document.metadata == {"tags": "eins, zwei", "summary": "über zwei Zeilen"}


@pytest.mark.parametrize(
    "word",
    ["Überschrift", "fetter", "Bild", "zweiter", "Stadt", "Seoul", "print", "erstens", "drittens", "Zitat", "Unterstrichen", "Absatz"],
)
def test_words_know_their_source_line(word: str) -> None:
    """The front matter counts."""
    document = read_markdown("/a.md", TEXT)

    assert document is not None
    assert line_at(document, document.text.index(word)) == TEXT[: TEXT.index(word)].count("\n") + 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a < b and <your name> and List<String>", "a < b and <your name> and List<String>"),
        ("<https://example.org> <a@b.org>", "https://example.org a@b.org"),
        (r"\*no\* \_emphasis\_ 2 \< 3", "*no* _emphasis_ 2 < 3"),
        ("`` a`b `` and ```x```", "a`b and x"),
        ("unpaired * star and _ line and ` tick", "unpaired * star and _ line and ` tick"),
        ("__init__ ~~old~~ ***both***", "init old both"),
        ("[a [b] c](d) [e](<f g>) [h]", "a [b] c e [h]"),
        ("[![alt](i.png)](link)", "alt"),
        ("[[Seite|Text]] [[Seite]]", "Text Seite"),
        ("#kein Titel", "#kein Titel"),
        ("# Titel #", "Titel"),
        ("a\n***\nb", "a\n\nb"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("~~~\nnever closed\n*x*", "never closed\n*x*"),
        ("> a\n> > b\nc", "a\nb\nc"),
        ("a | b\n--|--\n1 | 2\n\nx | y", "a | b\n1 | 2\n\nx | y"),
        ("[text\nmore](url) end", "text\nmore end"),
        ("5 * 3 * 2 = 30", "5 * 3 * 2 = 30"),
        ("- a\n\n  b\n- c", "a\n\nb\nc"),
    ],
)
def test_marks_are_told_from_text(source: str, text: str) -> None:
    """A mark is taken off only where it is one."""
    assert read(source) == text


def test_first_heading_is_the_title() -> None:
    """Of any level and either form, also in HTML; a title in the front matter goes before."""
    titles = [
        getattr(read_markdown("/a.md", source), "title", "")
        for source in ("x\n\n## A\n# B", "A *b*\n===\nx", "<h1>A</h1>x", "no heading", "---\ntitle: F\n---\n# A", "```\n# code\n```\n# A")
    ]

    assert titles == ["A", "A b", "A", None, "F", "A"]


PIECES = """
# * _ ` ``` [ ]( ) a_b > - <p> <b </p> &amp; --- é e\u0301 \u1112\u1161 xy \\ ! ~~ <!-- --> <pre> | |-|- {% %} [a]:
"""


@given(pieces=st.lists(st.sampled_from([*PIECES.split(), "\n", "\n\n", " ", "\t", "---\n", "```\n"]), max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_sound_document(pieces: list[str]) -> None:
    """NFC, lines by rising offset within the source."""
    source = "".join(pieces)
    document = read_markdown("/a.md", source)

    if document:
        check_document(document)
        assert all(line <= source.count("\n") + 1 for _, line in document.lines)


@given(
    words=st.lists(st.text("abcdefgäöü한국қғ", min_size=1, max_size=8), min_size=1, max_size=30),
    glue=st.sampled_from([" ", "\n", "\n\n", " **x** "]),
)
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost(words: list[str], glue: str) -> None:
    """Words without marks come out as they went in."""
    assert [word for word in read(glue.join(words)).split() if word != "x"] == words
