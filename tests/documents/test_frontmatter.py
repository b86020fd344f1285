"""The head of a page is read for what it says, and a ruler in a text is no head."""

import time

import pytest

from searchkit.documents.model import Document
from searchkit.documents.read import read_file
from searchkit.documents.readers.frontmatter import front_matter

HEAD = """---
title: 'It''s'
"date": 2024-06-12T08:00:00Z # today
language: Korean
한글: 값
folded: >-
  one
  two
literal: |
  a
  b
list:
  - x
  - "y"
flow: [a, 'b']
escaped: "a\\"b\\u0041"
outer:
  inner: z
# a comment
empty:
url: https://example.org/a:b
---
Text
"""


def test_values_are_read_in_every_form() -> None:
    """Plain, quoted, folded, literal, lists in two forms, comments, nested keys."""
    found = front_matter(HEAD)

    assert found is not None
    assert found[:3] == ("It's", "ko", "2024-06-12")
    assert found.facts == {
        "한글": "값", "folded": "one two", "literal": "a b", "list": "x, y", "flow": "a, b", "escaped": 'a"bA', "outer.inner": "z",
        "url": "https://example.org/a:b",
    }  # fmt: skip
    assert found.lines == HEAD.count("\n") - 1


def test_toml_is_read_between_pluses() -> None:
    """As Hugo writes it."""
    found = front_matter('+++\ntitle = "T"\ndate = 2024-06-12\ntags = ["a", "b"]\n+++\nx')

    assert found is not None
    assert (found.title, found.date, found.facts) == ("T", "2024-06-12", {"tags": "a, b"})


@pytest.mark.parametrize(
    "source",
    [
        "",
        "---",
        "---\n---\n",
        "---\nSome text without a key\n---\n",
        "---\na: b\n",
        "text\n---\na: b\n---\n",
        "----\na: b\n----\n",
        "+++\nno toml\n+++\n",
        "--- # x\na: b\n---\n",
    ],
)
def test_other_beginnings_are_no_front_matter(source: str) -> None:
    """A ruler, a diff, a second YAML document."""
    assert front_matter(source) is None


@pytest.mark.parametrize(
    "line", [".".join("a" * 20_000) + " = 1", "a = " + "[" * 500 + "]" * 500, "x = {" + ".".join("a" * 5000) + " = 1}"]
)
def test_a_front_matter_that_is_too_deep_is_none(line: str) -> None:
    """The page is read all the same, as it stands."""
    began = time.process_time()

    (document,) = read_file("/a.md", f"+++\n{line}\n+++\nneedle".encode())

    assert isinstance(document, Document)
    assert "needle" in document.text
    assert time.process_time() - began < 2
