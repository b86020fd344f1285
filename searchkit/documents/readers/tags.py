"""Where are the tags in a source with markup?

A tokenizer after the tokenization chapter of the HTML standard, with the
offset of every token.  It builds no tree: a tree parser knows no source
lines, and 14 KB of nested formatting elements make 374 MB of tree in one
(lexbor), 500 KB of ``<div>`` take it 11 s.  This one takes time linear in the
source, whatever the source.
"""

import re
from collections.abc import Iterator
from html import unescape

from searchkit.typed import NamedTuple


class Token(NamedTuple):
    """A piece of the source.

    Attributes:
        kind: ``text``, ``start``, ``end`` or ``raw`` (text in which character references mean nothing).
        value: the text as it stands in the source, or the tag's name in lower case.
        attributes: of a start tag, unparsed (see ``attributes_of``).
        offset: in the source.
    """

    kind: str
    value: str
    attributes: str
    offset: int


_ATTRIBUTES = r"""((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=|["'])*+)"""
_TAG = re.compile(rf"<(/?)([A-Za-z][^\s/>]*+){_ATTRIBUTES}>")
# For a source in which a quotation mark is never closed: a tag ends where the next can begin.
_SHORT_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)([^<>]*+)>")
# Inside Markdown: what is no well-formed tag is text.
_STRICT_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*+)((?:[\s/](?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)?)>""")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?""")
_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))
_REFERENCES = frozenset(("title", "textarea"))  # as raw ones, but character references count
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW | _REFERENCES}
_COMMENT_END = re.compile("--!?>")

_KNOWN_NAMES = """
a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br button canvas caption center
cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer
form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map
mark marquee menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture pre
progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg
table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp path g rect circle text tspan
use defs math mi mo mn mrow msup
"""
KNOWN = frozenset(_KNOWN_NAMES.split())


def tokens(source: str, *, strict: bool = False) -> Iterator[Token]:
    """Cut a source into text and tags; comments, declarations and processing instructions are left out.

    Args:
        source: the text of the file, LF line ends.
        strict: take only well-formed tags that HTML knows for tags (Markdown);
            otherwise, read as a browser does.
    """
    begin = at = 0
    tag = _STRICT_TAG if strict else _TAG
    unclosed: set[str] = set()
    while (at := source.find("<", at)) >= 0:
        end, token = _markup(source, at, tag, unclosed)
        if not end and tag is _TAG and source[at + 1 : at + 3].strip("/")[:1].isalpha():
            tag = _SHORT_TAG
            continue
        if not end or (strict and token and token.value not in KNOWN):
            at += 1
            continue
        if at > begin:
            yield Token("text", source[begin:at], "", begin)
        if token:
            yield token
        begin = at = end
        if token and token.kind == "start" and token.value in _RAW_END and token.value not in unclosed:
            at, inner = _raw_text(source, end, token.value, unclosed)
            if inner:
                yield inner
            begin = at
    if begin < len(source):
        yield Token("text", source[begin:], "", begin)


def _markup(source: str, at: int, tag: re.Pattern[str], unclosed: set[str]) -> tuple[int, Token | None]:
    """Read what begins with ``<``: its end, or 0 if it is text after all; its token, or None for a comment."""
    found = tag.match(source, at)
    if found:
        kind = "end" if found[1] else "start"
        return found.end(), Token(kind, found[2].lower(), found[3], at)
    following = source[at + 1 : at + 2]
    if source.startswith("<!--", at):
        return _comment_end(source, at, tag, unclosed), None
    if following in ("!", "?") or (following == "/" and not source[at + 2 : at + 3].isalpha()):
        if tag is _STRICT_TAG and following == "/":
            return 0, None
        end = -1 if ">" in unclosed else source.find(">", at)
        if end < 0:
            unclosed.add(">")
        return end + 1, None
    return 0, None


def _comment_end(source: str, at: int, tag: re.Pattern[str], unclosed: set[str]) -> int:
    """End of a comment; one that is never closed hides the rest of a page, as in a browser, but not of a Markdown text."""
    if source.startswith((">", "->"), at + 4):
        return source.index(">", at) + 1
    found = None if "-->" in unclosed else _COMMENT_END.search(source, at + 4)
    if found:
        return found.end()
    unclosed.add("-->")
    return 0 if tag is _STRICT_TAG else len(source)


def _raw_text(source: str, at: int, name: str, unclosed: set[str]) -> tuple[int, Token | None]:
    """Read up to the end tag of an element that holds no tags.

    One without an end tag: a script or style takes the rest of the source (it
    was cut off), of the others only the tag is taken.
    """
    found = _RAW_END[name].search(source, at)
    if found:
        kind = "text" if name in _REFERENCES else "raw"
        return found.start(), Token(kind, source[at : found.start()], "", at) if found.start() > at else None
    unclosed.add(name)
    if name in ("script", "style"):
        return len(source), Token("raw", source[at:], "", at)
    return at, None


def attributes_of(raw: str) -> dict[str, str]:
    """Parse the attributes of a start tag; the first of a name counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(raw):
        bare = value[1:-1] if value[:1] in ('"', "'") else value
        found.setdefault(name.lower(), unescape(bare))
    return found
