"""A page gives its visible text, in blocks, and every word knows its source line."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from searchkit.documents.readers.htmlpage import Page, read_html
from searchkit.text.normalize import nfc
from tests.documents.texts import check_document, line_at

PAGE = """<!DOCTYPE html>
<html lang="ko-KR">
<head>
<meta charset="utf-8"><title>Ein
  Titel &amp; mehr</title>
<meta property="article:published_time" content="2024-06-12T09:00:00+09:00">
<link rel="canonical" href="https://example.org/a">
<style>p { color: red }</style>
<script>var hidden = "<p>hidden</p>";</script>
</head>
<body>
<header><a href="/">Startseite</a></header>
<nav><ul><li>Menü</li></ul></nav>
<main>
<h1>Überschrift</h1>
<p>Erster Absatz mit <b>fettem</b> und <a
  href="x">verlinktem</a> Text, der im Quelltext umbrochen ist und auf der
nächsten Zeile endet.</p><p>Zweiter&nbsp;Absatz</p>
<ul>
  <li>eins
  <li>zwei
</ul>
<table>
  <tr><th>Land</th><th>Stadt</th></tr>
  <tr>
    <td>Korea</td>
    <td>Seoul<br>Busan</td>
  </tr>
</table>
<pre>
def f():
    return 1
</pre>
<noscript>Bitte einschalten</noscript><template>Vorlage</template>
<aside>Kasten</aside>
</main>
<footer>Impressum</footer>
</body>
</html>
"""


def read(source: str) -> str:
    """Text of a page."""
    document = read_html("/page.html", source)
    return document.text if document else ""


def test_page_is_read_in_blocks() -> None:
    """Blocks by blank lines, list items and rows by lines, cells by bars, code as it stands."""
    document = read_html("/page.html", PAGE)

    assert document is not None
    assert document.text == (
        "Überschrift\n\n"
        "Erster Absatz mit fettem und verlinktem Text, der im Quelltext umbrochen ist und auf der\nnächsten Zeile endet.\n\n"
        "Zweiter Absatz\n\neins\nzwei\n\nLand | Stadt\nKorea | Seoul Busan\n\ndef f():\n    return 1\n\nKasten"
    )
    assert (document.title, document.language, document.date) == ("Ein Titel & mehr", "ko", "2024-06-12")
    assert document.metadata == {"url": "https://example.org/a"}


@pytest.mark.parametrize(
    "word", re.findall(r"Überschrift|fettem|umbrochen|endet|Zweiter|eins|zwei|Land|Korea|Seoul|Busan|return|Kasten", PAGE)
)
def test_words_know_their_source_line(word: str) -> None:
    """Whatever stood between, the line is the one in the file."""
    document = read_html("/page.html", PAGE)

    assert document is not None
    assert line_at(document, document.text.index(word)) == PAGE[: PAGE.index(word)].count("\n") + 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a &lt; b &amp;&amp; c &gt; d &eacute; &#1179; &#x49b; &copy 5", "a < b && c > d é қ қ © 5"),
        ("1 < 2 and 3<4", "1 < 2 and 3<4"),
        ('<p title="a > b">x</p>', "x"),
        ("<p title='unclosed>x</p><p>y</p>", "x\n\ny"),
        ("<!-- <p>no</p> -->yes<!-->too<!-- -- --!>!", "yestoo!"),
        ("co&shy;operation e<b>&#769;</b>", "co\u00adoperation é"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<svg><title>Bild</title><text>Achse</text></svg>", "Bild\n\nAchse"),
        ("<p>x</p><img src=a.png alt='ein Bild'>", "x\n\nein Bild"),
        ("<textarea>a\nb <b></textarea>", "a\nb <b>"),
        ("<p>cut off <a hre", "cut off <a hre"),
        ("<?php echo 1 ?>x<![if !IE]>y</>z</ p>", "xyz"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "a\n\nb\n\nc"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("<h1>half", "half"),
    ],
)
def test_markup_is_read_as_a_browser_reads_it(source: str, text: str) -> None:
    """Also where it is broken; what looks like a tag and is cut off stays text rather than being lost."""
    assert read(source) == text


def test_frame_of_a_page_is_dropped_only_around_its_content() -> None:
    """Without ``main`` or ``article`` nobody can say what is frame; inside them a header is the text's own."""
    assert read("<header>top</header><p>x</p><footer>end</footer>") == "top\n\nx\n\nend"
    assert read("<header>top</header><article><header>own</header>x</article>") == "own\n\nx"
    assert read("<header>top<h1>Title</h1></header><main>x</main>") == "Title\n\nx"
    assert read('<div role="banner">top</div><div role=main>x</div><div role=contentinfo>end</div>') == "x"


def test_nothing_is_lost_to_an_unclosed_navigation() -> None:
    """A navigation that never ends is no navigation; a page that is nothing else is kept."""
    assert read("<nav>menu<p>all the text") == "menu\n\nall the text"
    assert read("<nav>menu</nav>") == "menu"


def test_layout_tables_are_no_tables() -> None:
    """A page inside a table keeps its blocks; a row of values is one line."""
    assert read("<table><tr><td><h2>A</h2><p>b</p></td><td><p>c</p></td></tr></table>") == "A\n\nb\n\nc"
    assert read("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>") == "a b | c"


def test_title_falls_back() -> None:
    """``title``, else the first ``h1``, else none."""
    titles = [
        getattr(read_html("/a", source), "title", "")
        for source in (
            "<title>T</title><h1>H</h1>x",
            "<title> </title><h1>H <b>i</b></h1>x",
            "<h2>H</h2>x",
            "<svg><title>no</title></svg>x",
        )
    ]

    assert titles == ["T", "H i", None, None]


FRAGMENTS = [
    "<p>", "</p>", '<div class="a>b">', "</div>", "<b>", "</b>", "<br>", "<!-- c -->", '<script>var a="<p>";</script>',
    "<style>p{}</style>",
    "text", "<", "< ", "<3", "&amp;", "&lt;p&gt;", "&nbsp;",
    "&eacute", "&#233;", "\n", "  ",
    "<a href=x>", "</a>", "<table><tr><td>", "</table>",
    "<ul><li>", "</ul>", "<!doctype html>", "<?php x ?>",
    "</>", "</ x>", "<h1>", "</h1>", '"', "'", '<img alt="">', ">", "=", "/", "<nav>",
    "</nav>", "<pre>\n", "</pre>", "<main>", "</main>", "<header>", "</header>",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_no_text_is_lost_or_made_up(seed: int) -> None:
    """The letters of any tag soup are those that a tree parser finds in it."""
    chance = random.Random(seed)  # noqa: S311 - a test
    for _ in range(200):
        source = "".join(chance.choice(FRAGMENTS) for _ in range(chance.randint(1, 14))) + "<p>"
        tree = LexborHTMLParser(source)
        for node in tree.css("script,style"):
            node.decompose()
        expected = nfc(tree.body.text() if tree.body else "")
        text, _ = Page(source, whole=True).builder.finish()
        assert sorted(re.sub(r"[\s|]", "", text)) == sorted(re.sub(r"[\s|]", "", expected)), source


@given(
    pieces=st.lists(
        st.sampled_from([*FRAGMENTS, "<textarea>", "<title>", "<svg>", "\u0301", "\u1161", "가", "é", "|", "<td>", "&#769;"]),
        max_size=25,
    )
)
@settings(max_examples=100, deadline=None)
def test_any_page_is_a_sound_document(pieces: list[str]) -> None:
    """NFC, lines by rising offset, no carriage return."""
    document = read_html("/page.html", "".join(pieces))

    if document:
        check_document(document)
