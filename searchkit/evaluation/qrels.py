"""Which documents are relevant?  Judgements in BEIR's three columns or TREC's four."""

from searchkit.errors import InputError
from searchkit.evaluation.topics import clipped, iter_lines

Qrels = dict[str, dict[str, int]]
"""Topic id -> document id -> grade; 0 and less is not relevant."""

_HEADER = ("query-id", "corpus-id", "score")
_EXPECTED = "QUERY<TAB>DOCUMENT<TAB>GRADE under a header, or TREC's QUERY 0 DOCUMENT GRADE"


def read_qrels(path: str) -> Qrels:
    """Read judgements; the number of columns says which form it is.

    BEIR: tab-separated, with a header.  TREC: blanks or tabs, without one.
    A document that is judged twice keeps its later grade, as trec_eval and
    ir-measures have it.

    Raises:
        InputError: a line is not in the form it should have, or there is none.
    """
    qrels: Qrels = {}
    columns = 0
    for number, line in iter_lines(path):
        cells = line.split("\t") if line.count("\t") == len(_HEADER) - 1 else line.split()
        if not columns:
            columns = len(cells)
            if columns not in {3, 4}:
                raise InputError(path, number, f"{columns} columns: {clipped(line)}", _EXPECTED)
            if columns == len(_HEADER) and not _is_grade(cells[-1]):
                continue  # the header
        if len(cells) != columns:
            raise InputError(path, number, f"{len(cells)} columns: {clipped(line)}", f"{columns} columns as on the lines above")
        topic, document, grade = cells[0].strip(), cells[-2].strip(), cells[-1].strip()
        if not _is_grade(grade):
            raise InputError(path, number, f"the grade {grade!r}", "a whole number as the last column")
        if not topic or not document:
            raise InputError(path, number, "an empty id", _EXPECTED)
        qrels.setdefault(topic, {})[document] = int(grade)
    if not qrels:
        raise InputError(path, 1, "no judgement", _EXPECTED)
    return qrels


def _is_grade(cell: str) -> bool:
    digits = cell.strip().removeprefix("-")
    return digits.isascii() and digits.isdigit()
