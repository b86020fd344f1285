"""What does an HTML page say?

The visible text in blocks, each word still knowing its source line; title,
language, date and a few facts from the head.  Left out: scripts, styles,
templates, navigation, and the frame of a page around its ``main`` or
``article``.  The same walk reads the tags inside a Markdown text.
"""

import re
from collections import Counter
from html import unescape

from searchkit.documents.facts import one_line, parse_date, parse_language
from searchkit.documents.model import Document
from searchkit.documents.readers.assemble import TextBuilder
from searchkit.documents.readers.tags import Token, attributes_of, tokens

_NOTHING = frozenset(("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "datalist"))
_NAVIGATION = frozenset(("nav",))
_FRAME = frozenset(("header", "footer", "aside"))  # of a page, unless inside its content
_CONTENT = frozenset(("main", "article"))
_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "main": "main", "article": "article"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS_NAMES = """
p div section article main nav header footer aside address blockquote center dialog details dir fieldset figure form hgroup
hr menu ol ul dl pre table search frameset textarea xmp body html head title
"""
_BLOCKS = _HEADINGS | frozenset(_BLOCKS_NAMES.split())
_LINES = frozenset(("li", "dt", "dd", "tr", "option", "optgroup", "caption", "figcaption", "summary", "legend", "br"))
_CELLS = frozenset(("td", "th"))
# Elements whose end closes what is still open inside them; the others may be left open anywhere.
_CONTAINERS = (
    _NOTHING
    | _NAVIGATION
    | _FRAME
    | _CONTENT
    | _CELLS
    | _HEADINGS
    | frozenset(("div", "section", "table", "pre", "head", "svg", "textarea", "title"))
)
_PREFORMATTED = frozenset(("pre", "textarea", "xmp"))
_CONTENT_TAG = re.compile(r"<(?:main|article)[\s>]|role\s*=\s*[\"']?(?:main|article)\b", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(/?)(table|h[1-6]|form)(?=[\s>/])", re.IGNORECASE)
_DATES_NAMES = """
article:published_time date dc.date dcterms.created dcterms.date dc.date.issued dcterms.issued pubdate publishdate
publish-date datepublished date.created og:published_time sailthru.date parsely-pub-date article:published datecreated
"""
_DATES = frozenset(_DATES_NAMES.split())
_FACTS = {
    "author": "author",
    "article:author": "author",
    "og:url": "url",
    "og:site_name": "site",
    "keywords": "keywords",
    "description": "description",
}
CELL_JOINT = " | "


class Page:
    """Walks over the tokens of a source and collects its text and facts.

    Args:
        source: the whole source, LF line ends.
        whole: keep navigation and frame too.
        keep_lines: a line break of the source is one of the text (Markdown);
            otherwise it is a blank, as in a browser.
        first_line: source line on which ``source`` begins.
    """

    def __init__(self, source: str, *, whole: bool = False, keep_lines: bool = False, first_line: int = 1) -> None:
        self.title = ""
        self.heading = ""
        self.language = ""
        self.date: str | None = None
        self.facts: dict[str, str] = {}
        self.complete = True
        self.builder = TextBuilder()
        self._keep_lines = keep_lines
        self._whole = whole
        self._framed = not whole and _CONTENT_TAG.search(source) is not None
        self._open: list[tuple[str, str]] = []  # tag, and the part it plays (a div with a role)
        self._tags: Counter[str] = Counter()
        self._count: Counter[str] = Counter()  # of the parts
        self._silent = 0  # depth from which nothing is visible; 0: everything is
        self._capture: list[str] | None = None
        self._layouts = _layout_tables(source)
        self._tables: list[bool] = []  # of the open tables: is it a table of data?
        self._line = first_line
        self._newlines = 0  # since the last word
        self._at = 0
        self._walk(source)

    def _walk(self, source: str) -> None:
        for token in tokens(source, strict=self._keep_lines):
            self._line += source.count("\n", self._at, token.offset)
            self._at = token.offset
            if token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(token.value)
            elif token.kind == "text" and self._is_visible():
                self._text(token.value)
        # A navigation that is never closed would hide the rest of the page.
        self.complete = not self._silent

    def _is_visible(self) -> bool:
        """Whether text at this place is shown; the main heading is, also in the frame of a page."""
        if not self._silent:
            return True
        return self._open[self._silent - 1][1] == "header" and bool(self._count.get("h1")) and not self._count.get("nav")

    def _start(self, token: Token) -> None:
        tag = name = token.value
        if name in ("meta", "html", "time", "link", "img", "input") or (
            token.attributes and not self._keep_lines and "role" in token.attributes
        ):
            name = self._note(name, attributes_of(token.attributes))
        if name in _CONTAINERS or tag in _CONTAINERS:
            self._open.append((tag, name))
            self._tags[tag] += 1
            self._count[name] += 1
            if not self._silent and self._is_hidden(name):
                self._silent = len(self._open)
        if name == "table":
            self._tables.append(token.offset not in self._layouts)
        if self._silent and not self._is_visible():
            return
        if name in _CELLS and self._in_data():
            self.builder.need_joint(CELL_JOINT)
        else:
            self._gap(name)
        if name in _HEADINGS or name == "title":
            self._capture = []

    def _is_hidden(self, name: str) -> bool:
        if name in _NOTHING:
            return True
        if self._whole:
            return False
        return name in _NAVIGATION or (self._framed and name in _FRAME and not any(map(self._count.get, _CONTENT)))

    def _end(self, name: str) -> None:
        if name in _HEADINGS or name == "title":
            self._keep_capture(name)
        if name not in _CONTAINERS:
            # <p> and <br> break when they end; the end of a cell is the joint before the next.
            if not self._silent:
                self._gap(name)
            return
        if not self._tags[name]:
            return
        while self._open:
            tag, part = self._open.pop()
            self._tags[tag] -= 1
            self._count[part] -= 1
            if tag == "table" and self._tables:
                self._tables.pop()
            if tag == name:
                break
        if self._silent > len(self._open):
            self._silent = 0
        if not self._silent:
            self._gap(name)

    def _keep_capture(self, name: str) -> None:
        """Keep the first title and the first heading."""
        if self._capture is None:
            return
        words = "".join(self._capture)
        self._capture = None
        if name == "title":
            if not self._count.get("svg"):
                self.title = self.title or words
        elif self._keep_lines or name == "h1":
            self.heading = self.heading or words

    def _in_data(self) -> bool:
        return bool(self._tables) and self._tables[-1]

    def _gap(self, name: str) -> None:
        """Separate what comes from what was, as the element ``name`` does."""
        if self._in_data() and name in _CELLS:
            return
        if self._in_data() and self._count.get("td", 0) + self._count.get("th", 0) and name not in ("tr", "table"):
            if name in _BLOCKS or name in _LINES:
                self.builder.need_joint()
        elif name in _BLOCKS or name in _CELLS:
            self.builder.need_breaks(2)
        elif name in _LINES:
            self._newlines = 0
            self.builder.need_breaks(1)

    def _text(self, raw: str) -> None:
        """Write a run of text, line by line of the source."""
        pre = any(map(self._count.get, _PREFORMATTED))
        in_head = bool(self._count.get("title"))
        for index, piece in enumerate(raw.split("\n")):
            if index:
                self._line_break(pre=pre)
            text = unescape(piece) if "&" in piece else piece
            if self._capture is not None:
                self._capture.append(f" {text}" if index else text)
            if not in_head or self._count.get("svg"):
                self._write(text, self._line + index, pre=pre)

    def _line_break(self, *, pre: bool) -> None:
        """Read a line end of the source."""
        if self._in_data() and not pre:
            self.builder.need_joint()
        elif pre or self._keep_lines:
            self._newlines += 1
            self.builder.need_breaks(min(self._newlines, 2))
        else:
            self.builder.need_blank_line_end()

    def _write(self, text: str, line: int, *, pre: bool) -> None:
        words = text.split()
        if not words:
            if text:
                self.builder.need_joint()
            return
        self._newlines = 0
        if text[0].isspace():
            self.builder.need_joint()
        # The indentation of code is kept as far as it is blanks; every other blank is one.
        self.builder.write(text.replace("\xa0", " ").replace("\t", "    ").rstrip() if pre else " ".join(words), line)
        if text[-1].isspace():
            self.builder.need_joint()

    def _note(self, name: str, attributes: dict[str, str]) -> str:
        """Take the facts from a tag; give the name of the element whose part it plays."""
        if name == "html":
            self.language = self.language or parse_language(attributes.get("lang") or attributes.get("xml:lang") or "")
        elif name == "meta":
            self._meta(attributes)
        elif name == "time" and not self.date:
            self.date = parse_date(attributes.get("datetime", ""))
        elif name == "link" and attributes.get("rel", "").lower() == "canonical":
            self.facts.setdefault("url", attributes.get("href", ""))
        elif name == "img" and not self._silent and attributes.get("alt", "").strip():
            self.builder.need_joint()
            self.builder.write(" ".join(attributes["alt"].split()), self._line)
            self.builder.need_joint()
        return _ROLES.get(attributes.get("role", "").strip().lower(), name)

    def _meta(self, attributes: dict[str, str]) -> None:
        key = (
            attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or attributes.get("http-equiv") or ""
        ).lower()
        content = attributes.get("content", "").strip()
        if key in _DATES:
            self.date = self.date or parse_date(content)
        elif key in ("content-language", "og:locale", "dc.language", "language"):
            self.language = self.language or parse_language(content)
        elif key in _FACTS and content:
            self.facts.setdefault(_FACTS[key], content)
        elif key == "og:title":
            self.facts.setdefault("og:title", content)


def _layout_tables(source: str) -> frozenset[int]:
    """Offsets of the tables that only arrange a page: those around tables, headings or forms."""
    layouts: set[int] = set()
    around: list[int] = []
    for found in _TABLE_TAG.finditer(source):
        if found[2].lower() != "table":
            if around:
                layouts.add(around[-1])
        elif found[1]:
            del around[-1:]
        else:
            if around:
                layouts.add(around[-1])
            around.append(found.start())
    return frozenset(layouts)


def read_html(path: str, source: str) -> Document | None:
    """Read a page.

    Args:
        path: absolute path of the file.
        source: its text, LF line ends.

    Returns:
        None if the page says nothing at all.
    """
    page = Page(source)
    text, lines = page.builder.finish()
    if not page.complete or not text.strip():
        page = Page(source, whole=True)
        text, lines = page.builder.finish()
    title = one_line(page.title) or one_line(page.heading) or one_line(page.facts.pop("og:title", ""))
    page.facts.pop("og:title", None)
    if not text and not title:
        return None
    return Document(
        id=path, path=path, title=title, text=text, language=page.language, date=page.date, lines=lines,
        metadata={key: " ".join(value.split()) for key, value in page.facts.items() if value},
    )  # fmt: skip
