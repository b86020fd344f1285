"""No source costs more than its size: what makes tree parsers and patterns explode takes time linear in it here."""

import time

import pytest

from searchkit.documents.read import read_file

N = 20_000
SOURCES = {
    "20,000 open tags": "<div>" * N + "x",
    "formatting that never ends": "<p>" + "".join(f"<b id={number}>" for number in range(N)) + "</p>" + "<p>x" * N,
    "angle brackets": "<p>" + "<" * N,
    "tags cut off": "<p>" + "<a" * N,
    "quotation marks left open": "<p>" + '<a b="' * N,
    "brackets in quotation marks": "<p>" + '<a =">" ' * N,
    "comments left open": "<p>" + "<!--" * N,
    "declarations": "<p>" + "<!" * N,
    "titles left open": "<p>" + "<title>" * N,
    "wrong ends": "<div>" * N + "</section>" * N,
    "attributes": "<p " + "a=1 " * N + ">x",
    "blanks in a tag": "<p" + " " * N + "x",
    "tables in tables": "<table><tr><td>" * N,
    "ampersands": "<p>" + "&" * N,
    "entities": "<p>" + "&amp;" * N,
    "square brackets": "[" * N,
    "images": "![" * N,
    "links left open": "[a](" * N,
    "titles of links left open": '[a](b "' * N,
    "nested link targets": "[a](" + "(x" * N,
    "stars": "*" * N,
    "emphasis": "*a _b_ **c" * N,
    "ticks of every length": "".join("`" * number + "a" for number in range(1, 200)),
    "backslashes": "\\" * N,
    "quotes in quotes": ">" * N,
    "number signs": "# " * N,
    "blanks in a heading": "# a" + " " * N + "b",
    "blanks in a row": "a|b\n|" + " " * N + "-x",
    "pipes": "|" * N,
    "templates": "---\na: b\n---\n" + "{% % " * N,
    "rulers": "---\n" * N,
    "front matter left open": "---\n" + "a: b\n" * N,
    "fences": "```\n" * N,
    "braces": "{:" * N,
    "records of braces": '{"_id": ' * N,
    "ids without texts": "{" + '"id": 1, ' * N + '"a": 1}',
    "brackets of JSON": "[" * N,
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("suffix", [".html", ".md", ".txt", ".json"])
def test_hostile_source_takes_no_time(name: str, suffix: str) -> None:
    """A quadratic one would take minutes; a slow machine gets three seconds."""
    began = time.process_time()

    list(read_file(f"/a{suffix}", SOURCES[name].encode()))

    assert time.process_time() - began < 3
