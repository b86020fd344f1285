"""The content decides how a file is read."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.documents.model import Document, Problem
from searchkit.documents.read import read_file
from tests.documents import texts
from tests.documents.texts import check_document, line_at


def read(source: str | bytes, path: str = "/a.txt") -> Document:
    """The one document of a file."""
    (found,) = read_file(path, source.encode() if isinstance(source, str) else source)
    assert isinstance(found, Document)
    return found


JEKYLL = """---
title: 에너지 협력, 무엇이 달라지나?
categories:
  - News
excerpt: >
  새로운 협정이…
---

![그림](/a.jpg)

<p>출처: <a href="https://example.org">신문</a></p>

<h2>협력의 내용</h2>
태그 없는 줄
<table>
  <tr>
    <td><b>나라</b></td>
    <td>분야</td>
  </tr>
  <tr>
    <td>독일</td>
    <td>수소&nbsp;에너지</td>
  </tr>
</table>
<p>&nbsp;</p>
끝 👉 <a href="https://example.org">https://example.org</a>
"""


def test_page_in_a_text_file_is_read_as_what_it_is() -> None:
    """Front matter, Markdown, HTML and plain lines in one .txt: a title, no tags, nothing lost, the right lines."""
    document = read(JEKYLL)

    assert document.title == "에너지 협력, 무엇이 달라지나?"
    assert document.text == (
        "새로운 협정이…\n\n그림\n\n출처: 신문\n\n협력의 내용\n\n태그 없는 줄\n\n나라 | 분야\n독일 | 수소 에너지\n\n끝 👉 https://example.org"
    )
    for word in ("그림", "출처", "협력의", "태그", "나라", "분야", "독일", "에너지\n", "끝"):
        offset = document.text.index(word)
        assert line_at(document, offset) == JEKYLL[: JEKYLL.rindex(word.strip())].count("\n") + 1, word


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("/a.txt", "If a < b and b > c then <T> is a type & nothing else.\n"),
        ("/a.txt", "# not a heading in a plain text\n* star *\n"),
        ("/a.txt", "In HTML\n\n<p>this</p>\n\nis a paragraph,\nthat\na word.\n"),
        ("/a.py", "x = '<p>' + y + '</p>'\n"),
        ("/a.py", "<p>hello</p>\n"),
        ("/a.csv", 'name,text\n"a","<b>x</b>"\n'),
        ("/a.rst", "Title\n=====\n\n*text*\n"),
        ("/a.log", "2024-06-12 [INFO] <main> started\n"),
        ("/a.yaml", "---\ntitle: x\n---\nother: y\n"),
        ("/a.json", '{"a": [1, 2]}\n'),
        ("/Makefile", "all:\n\techo $@ *\n"),
        ("/a.txt", "---\nA ruler above and below.\n---\nText\n"),
    ],
)
def test_plain_text_is_kept_as_it_is(path: str, source: str) -> None:
    """Source code, tables of values, logs, texts that mention tags; no title is made up."""
    document = read(source, path)

    assert document.text == source
    assert document.title is None
    assert document.lines == ((0, 1),)


@pytest.mark.parametrize(
    ("path", "source", "title", "text"),
    [
        ("/a", "<!doctype html><title>T</title><p>x", "T", "x"),
        ("/a.txt", "<?xml version='1.0'?>\n<!-- c -->\n<html><body><h1>T</h1>x", "T", "T\n\nx"),
        ("/a.md", "<html><head><title>T</title></head>x</html>", "T", "x"),
        ("/a.html", "no tag but &amp;", None, "no tag but &"),
        ("/a.html", "no tag at all", None, "no tag at all"),
        ("/a.txt", "<p>one</p>\n<p>two</p>", None, "one\n\ntwo"),
        ("/a.txt", "zero\n<p>one</p>\n<p>two</p>", None, "zero\n\none\n\ntwo"),
        ("/a.md", "# T\nx", "T", "T\n\nx"),
        ("/a.markdown", "x", None, "x"),
    ],
)
def test_kind_is_told_by_content(path: str, source: str, title: str | None, text: str) -> None:
    """A suffix helps, and does not decide."""
    document = read(source, path)

    assert (document.title, document.text) == (title, text)


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"<html></html>", b"---\na: b\n---\n", "\u00a0\n".encode()]
)
def test_file_without_text_gives_nothing(data: bytes) -> None:
    """It is no document and no problem."""
    assert list(read_file("/a.txt", data)) == []


def test_binary_file_is_a_problem() -> None:
    """Named, in one line."""
    assert list(read_file("/a.png", b"\x89PNG\r\n\x1a\n" + bytes(40))) == [Problem("/a.png", "binary file")]


def test_guessed_encoding_is_told() -> None:
    """Also whether it may be wrong; what needs no guess is not mentioned."""
    assert read(texts.KAZAKH.encode("ptcp154")).metadata == {"encoding": "ptcp154"}
    assert read(b"caf\xe9").metadata == {"encoding": "cp1252", "encoding_doubtful": "yes"}
    assert read(texts.KAZAKH).metadata == {}


def test_declared_encoding_is_kept_to() -> None:
    """``meta charset`` of a page."""
    page = f'<html><meta charset="euc-kr"><p>{texts.KOREAN[:20]}'

    assert read(page.encode("cp949"), "/a.html").text == texts.KOREAN[:20].strip()


def test_text_is_composed() -> None:
    """NFC, whatever the file has; offsets count its code points."""
    assert read("Cafe\u0301 \u1112\u1161\u11ab").text == "Café 한"


@given(
    data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
    path=st.sampled_from(["/a.txt", "/a.md", "/a.html", "/a.jsonl", "/a.json", "/a", "/\udcff.txt"]),
)
@example(data=b'{"_id": "a", "text": "\x00"}', path="/a.jsonl")
@example(data=b"---\n: x\n---\n", path="/a.txt")
@settings(max_examples=100, deadline=None)
def test_any_file_gives_sound_documents_or_problems(data: bytes, path: str) -> None:
    """No bytes under any name are an exception."""
    for item in read_file(path, data):
        if isinstance(item, Document):
            check_document(item)
            assert item.path == path
        else:
            assert "\n" not in item.reason
