"""Which documents does a file hold?

The content decides how a file is read, its name only helps: a ``.txt`` with
front matter and HTML in it is read as the page that it is.  Whatever is wrong
with a file comes out as a ``Problem``; a file without text gives nothing.
"""

import json
import re
from collections.abc import Iterator
from os.path import splitext

from searchkit.documents.declared import declared_encoding
from searchkit.documents.decode import Decoded, NotTextError, decode_text
from searchkit.documents.model import Document, Problem
from searchkit.documents.readers.frontmatter import front_matter
from searchkit.documents.readers.htmlpage import read_html
from searchkit.documents.readers.jsonl import read_json, read_jsonl
from searchkit.documents.readers.markdown import read_markdown
from searchkit.documents.readers.plain import read_plain

_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".mdx", ".qmd", ".rmd"))
_HTML = frozenset((".html", ".htm", ".xhtml", ".xht", ".shtml"))
_JSON_LINES = frozenset((".jsonl", ".ndjson", ".jsonlines"))
_PROSE = frozenset(("", ".txt", ".text", ".page", ".post", ".asc", ".article"))  # suffixes that promise no format of their own
_SERIAL = frozenset((".yaml", ".yml", ".toml"))  # they begin like a front matter

_PAGE = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,5000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|\w{2,8});")
_BLOCK_START = re.compile(
    r"[\ufeff\s]*<(?:p|div|table|h[1-6]|ul|ol|article|section|main|center|font|blockquote|figure|span|img|a|b|strong)\b[^<>]*>",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(r"</(?:p|div|table|h[1-6]|ul|ol|article|section|main|center|blockquote|figure)\s*>", re.IGNORECASE)
_TAG_LINE = re.compile(
    r"[ \t]*</?(?:p|div|table|t[rdh]|thead|tbody|h[1-6]|ul|ol|li|article|section|br|img|blockquote|figure)\b[^<>]*>", re.IGNORECASE
)
_TAG_LINES_SHARE = 0.3  # of the lines begin with a block's tag: a page without its head; a text about HTML has fewer
_SAMPLE_LINES = 1000
_RECORD = re.compile(r'[\ufeff\s]*\{\s*"')


def read_file(path: str, data: bytes) -> Iterator[Document | Problem]:
    """Read the documents of a file.

    Args:
        path: absolute path of the file.
        data: its content.

    Yields:
        Documents, and problems for what cannot be read; nothing at all for a
        file without text.
    """
    try:
        decoded = decode_text(data, declared=declared_encoding(data))
    except NotTextError as error:
        yield Problem(path, error.reason)
        return
    for item in _documents(path, decoded.text):
        yield _with_encoding(item, decoded) if isinstance(item, Document) else item


def _documents(path: str, text: str) -> Iterator[Document | Problem]:
    """Choose a reader by what the text is."""
    suffix = splitext(path)[1].lower()
    if is_record_lines(path, text):
        yield from read_jsonl(path, text)
        return
    records = read_json(path, text) if suffix == ".json" else None
    if records is not None:
        yield from records
        return
    if _PAGE.match(text) or (suffix in _HTML and _ANY_TAG.search(text)):
        document = read_html(path, text)
    elif suffix in _MARKDOWN or _is_mixed(text, suffix):
        document = read_markdown(path, text)
    else:
        document = read_plain(path, text)
    if document:
        yield document


def is_record_lines(path: str, text: str) -> bool:
    """Whether a file is read as JSON Lines; its first line is enough to tell."""
    suffix = splitext(path)[1].lower()
    return suffix in _JSON_LINES or (suffix in _PROSE | {".json"} and _is_json_lines(text))


def _is_json_lines(text: str) -> bool:
    """Whether the first line is a record in the BEIR layout."""
    if not _RECORD.match(text):
        return False
    line = text.lstrip("\ufeff\n \t").partition("\n")[0].rstrip()
    if not (line.endswith("}") and '"text"' in line and 'id"' in line):
        return False
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record.get("text"), str) and ("_id" in record or "id" in record)


def _is_mixed(text: str, suffix: str) -> bool:
    """Whether a text without a telling name has front matter or is made of HTML blocks.

    A text that merely mentions tags, or a program that writes them, is plain.
    """
    if suffix not in _SERIAL and front_matter(text):
        return True
    if suffix not in _PROSE or not _BLOCK_END.search(text):
        return False
    if _BLOCK_START.match(text):
        return True
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    return sum(_TAG_LINE.match(line) is not None for line in lines) > _TAG_LINES_SHARE * len(lines)


def _with_encoding(document: Document, decoded: Decoded) -> Document:
    """Say in the metadata which encoding was guessed, and whether that may be wrong."""
    if not decoded.guessed and decoded.confident:
        return document
    told = {"encoding": decoded.encoding, **({} if decoded.confident else {"encoding_doubtful": "yes"})}
    return document._replace(metadata={**document.metadata, **told})
