"""Try what no test thought of, led by which code it reaches: ``python tests/fuzz.py query|decode|read [libFuzzer options]``.

``make soak`` runs each for ten minutes; what one finds becomes a test.
"""

import sys
from importlib import import_module

FOUND: dict[str, int] = {}


def query(data: bytes) -> None:
    """A query is a tree, or a mistake with a place."""
    from searchkit.errors import QueryError
    from searchkit.query.syntax import parse

    for syntax in ("auto", "plain", "full"):
        try:
            parse(data.decode("utf-8", "surrogateescape"), syntax)
        except QueryError as error:
            FOUND[syntax] = error.position


def decode(data: bytes) -> None:
    """Bytes are a text, or none."""
    from searchkit.documents.decode import NotTextError, decode_text

    try:
        decode_text(data)
    except NotTextError as error:
        FOUND[error.reason] = len(data)


def read(data: bytes) -> None:
    """A file is documents, or a problem."""
    from searchkit.documents.read import read_file

    for suffix in (".html", ".md", ".txt", ".json", ".jsonl"):
        FOUND[suffix] = len(list(read_file(f"/a{suffix}", data)))


def main() -> None:
    """Fuzz one of them until it fails or the time is over."""
    atheris = import_module("atheris")
    target = {"query": query, "decode": decode, "read": read}[sys.argv.pop(1)]
    with atheris.instrument_imports(include=["searchkit"]):
        # What is imported later, within a function, would not be led by.
        for name in ("query.expression", "query.pieces", "query.syntax", "documents.eastasian", "documents.codepages", "documents.read"):
            import_module(f"searchkit.{name}")
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
