"""What did a system find?  Runs in TREC's six columns, read and written.

Document and topic ids may hold blanks; in a run they stand percent-encoded.
Reading does not decode: a run is compared with judgements that name a document
as the run does (``document_name``).
"""

from collections.abc import Iterable
from math import isfinite

from searchkit.errors import InputError
from searchkit.evaluation.topics import clipped, iter_lines

Run = dict[str, dict[str, float]]
"""Topic id -> document id -> score."""

RUN_NAME = "searchkit"
_EXPECTED = "TREC's QUERY Q0 DOCUMENT RANK SCORE RUN"


def document_name(name: str) -> str:
    """Give an id as it stands in a run: blanks percent-encoded, everything else as it is.

    >>> document_name("my page.txt")
    'my%20page.txt'
    """
    if not any(char.isspace() for char in name):
        return name
    return "".join("".join(f"%{byte:02X}" for byte in char.encode()) if char.isspace() else char for char in name)


def run_line(topic: str, document: str, rank: int, score: float, name: str = RUN_NAME) -> str:
    """Write one line of a run, without its line break; the score is exact, so that reading it gives the same order."""
    return f"{document_name(topic)} Q0 {document_name(document)} {rank} {score!r} {name}"


def run_lines(run: Run, name: str = RUN_NAME) -> Iterable[str]:
    """Write a run, topic by topic, documents in the order in which they were found."""
    for topic, scores in run.items():
        for rank, (document, score) in enumerate(scores.items(), start=1):
            yield run_line(topic, document, rank, score, name)


def read_run(path: str) -> Run:
    """Read a run.

    Raises:
        InputError: a line is not in the form it should have, or a document stands twice under a topic.
    """
    run: Run = {}
    for number, line in iter_lines(path):
        cells = line.split()
        if len(cells) != 6:  # noqa: PLR2004 - TREC's columns
            raise InputError(path, number, f"{len(cells)} columns: {clipped(line)}", _EXPECTED)
        topic, _, document, _, score, _ = cells
        value = _number(score)
        if value is None:
            raise InputError(path, number, f"the score {score!r}", "a number in the fifth column")
        scores = run.setdefault(topic, {})
        if document in scores:
            raise InputError(path, number, f"{document!r} stands twice under topic {topic!r}", "every document once")
        scores[document] = value
    return run


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) else None
