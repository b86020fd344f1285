"""What does a Markdown text say?

Its words without the marks: links keep their text, images their alternative
text, code everything.  Line by line the marks of blocks are taken off, block
by block those inside; what is left goes through the walk over tags of the HTML
reader, because Markdown holds HTML.  Every source line stays a line until
then, so that line numbers need no bookkeeping here.
"""

import re

from searchkit.documents.facts import one_line
from searchkit.documents.model import Document
from searchkit.documents.readers.frontmatter import FrontMatter, front_matter
from searchkit.documents.readers.htmlpage import CELL_JOINT, Page
from searchkit.documents.readers.inline import SHIELD, UNSHIELD, strip_inline

# Fields of a front matter that are sentences about the page; other fields (layout, feature_text) dress it.
_SUMMARIES = frozenset(
    ("excerpt", "description", "summary", "abstract", "subtitle", "subheading", "lead", "teaser", "deck", "dek", "요약", "аннотация")
)
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULER = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9}[.)]))[ \t]+(?:\[[ xX]\][ \t]+)?")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^`]*)$")
_DEFINITION = re.compile(r""" {0,3}\[([^\[\]^\n][^\[\]\n]{0,200})\]:[ \t]*\S+(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$""")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,100}\]:[ \t]*")
_ATTRIBUTE_LINE = re.compile(r"[ \t]*\{:[^{}\n]*\}[ \t]*$")
_HEADING_ATTRIBUTES = re.compile(r"\{:?[ \t]*[#.][^{}\n]*\}$")
_TEMPLATE = re.compile(r"\{%[^\n%]{0,300}(?:%(?!\})[^\n%]{0,300}){0,20}%\}|\{\{[^\n{}]{0,300}\}\}")
_CELL = re.compile(r"(?<!\\)\|")


def read_markdown(path: str, source: str) -> Document | None:
    """Read a Markdown text, or a text that mixes Markdown, HTML and plain lines.

    Args:
        path: absolute path of the file.
        source: its text, LF line ends.

    Returns:
        None if nothing is left of it.
    """
    head = front_matter(source) or FrontMatter(None, "", None, {}, 0, 0)
    body = source[head.end :]
    if head.end:
        body = _TEMPLATE.sub("", body)
    lines_above = _summary_lines(source, head)
    page = Page("\n".join(_stripped([*lines_above, *body.split("\n")])), whole=True, keep_lines=True)
    # A code point for each, so that breakpoints stay where they are.
    text, lines = page.builder.finish()
    text = text.translate(UNSHIELD)
    title = head.title or one_line((page.title or page.heading).translate(UNSHIELD))
    if not text and not title:
        return None
    return Document(
        id=path, path=path, title=title, text=text, language=head.language or page.language, date=head.date or page.date,
        lines=lines, metadata={**page.facts, **head.facts},
    )  # fmt: skip


def _summary_lines(source: str, head: FrontMatter) -> list[str]:
    """Give the lines of a front matter, empty but for a summary: a page shows it above its text, or a list of pages does."""
    above = [""] * head.lines
    summaries = {key: text for key, text in head.facts.items() if key.lower() in _SUMMARIES}
    shown: list[str] = []
    for number, line in enumerate(source[: head.end].split("\n")[: head.lines]) if summaries else ():
        key = line.lstrip("\ufeff").partition(":" if ":" in line else "=")[0].strip(" \"'")
        text = summaries.get(key, "")
        if text and text not in shown:
            above[number] = f"<p>{text}</p>"
            shown.append(text)
    return above


def _stripped(lines: list[str]) -> list[str]:
    """Take the marks off the lines; there are as many lines as before."""
    blocks = _Blocks()
    for number, line in enumerate(lines):
        blocks.take(line, lines[number + 1] if number + 1 < len(lines) else "")
    return strip_inline(blocks.done, blocks.definitions)


class _Blocks:
    """Reads lines one by one and keeps, for each, what it says.

    A heading is put between tags, so that the walk over tags breaks the text
    around it and finds the first one.
    """

    def __init__(self) -> None:
        self.done: list[str] = []
        self.definitions: set[str] = set()
        self._fence = ""
        self._in_table = False
        self._underlined = False

    def take(self, line: str, following: str) -> None:
        """Read one line; ``following`` is the next."""
        quoted = _QUOTE.match(line)
        bare = line[quoted.end() :] if quoted else line
        if self._fence:
            self._code(bare)
        elif self._underlined:
            self._underlined = False
            self.done.append("")
        else:
            opening = _FENCE.match(bare)
            if opening:
                self._fence = opening[1]
                self._in_table = False
                self.done.append("<p>")
            else:
                self._block(bare, _QUOTE.sub("", following) if quoted else following)

    def _code(self, line: str) -> None:
        closing = line.strip()
        if closing and not closing.strip(self._fence[0]) and len(closing) >= len(self._fence):
            self._fence = ""
            self.done.append("<p>")
        else:
            self.done.append(line.rstrip().translate(SHIELD))

    def _block(self, line: str, following: str) -> None:
        """Read a line outside code."""
        heading = _HEADING.match(line)
        definition = _DEFINITION.match(line)
        if heading:
            self.done.append(_heading(_without_closing(line[heading.end() :].strip())))
        elif _RULER.match(line):
            self.done.append("<p>")
        elif definition:
            self.definitions.add(" ".join(definition[1].casefold().split()))
            self.done.append("")
        elif _ATTRIBUTE_LINE.match(line):
            self.done.append("")
        elif self._is_table(line, following):
            self.done.append(self._row(line))
        elif line.strip() and _UNDERLINE.match(following) and not _ITEM.match(line) and (len(following.strip()) > 1 or "=" in following):
            self._underlined = True
            self.done.append(_heading(line))
        else:
            item = _ITEM.match(line)
            rest = line[item.end() :] if item else line
            self.done.append((item[2] + " " if item and item[2] else "") + _FOOTNOTE.sub("", rest).strip(" \t"))

    def _is_table(self, line: str, following: str) -> bool:
        """Whether the line is a row: one follows a row, or stands above a row of dashes."""
        begins = "|" in line and "|" in following and _is_delimiter(following)
        self._in_table = begins or (self._in_table and "|" in line)
        return self._in_table

    @staticmethod
    def _row(line: str) -> str:
        if _is_delimiter(line):
            return "<tr>"  # a line break, but no blank line below the heading of the table
        return CELL_JOINT.join(cell for cell in (cell.strip() for cell in _CELL.split(line)) if cell)


def _is_delimiter(line: str) -> bool:
    """Whether a line is the row of dashes below the heading of a table."""
    return "-" in line and not line.strip("|:- \t")


def _without_closing(heading: str) -> str:
    """Take off the number signs that close a heading (``# Title #``)."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare[-1:] in ("", " ", "\t") else heading


def _heading(words: str) -> str:
    return f"<h2>{_HEADING_ATTRIBUTES.sub('', words.strip())}</h2>"
