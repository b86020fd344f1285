"""How are a document's title and metadata kept?  As one JSON array in the stream of records."""

import json


def record(title: str | None, metadata: dict[str, str]) -> str:
    """Write a record."""
    return json.dumps([title, metadata], ensure_ascii=False, separators=(",", ":"))


def parse_record(text: str) -> tuple[str | None, dict[str, str]]:
    """Read a record."""
    title, metadata = json.loads(text)
    return title, metadata
