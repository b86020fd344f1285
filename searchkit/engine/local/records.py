"""How are a document's title and metadata kept?  As one JSON array in the stream of records."""

from searchkit.engine.local.jsonscan import loads


def record(title: str | None, metadata: dict[str, str]) -> str:
    """Write a record."""
    import json

    return json.dumps([title, metadata], ensure_ascii=False, separators=(",", ":"))


def parse_record(text: str) -> tuple[str | None, dict[str, str]]:
    """Read a record."""
    title, metadata = loads(text)
    return title, metadata
