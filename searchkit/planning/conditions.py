"""Which documents are admitted at all?

``lang:``, ``path:`` and ``date:`` of a query, ``--in``, ``--path``,
``--since`` and ``--until`` become conditions on columns; they score nothing.
"""

import re

from searchkit.engine.plan import Among, Between, Condition, Matches, Node, Where
from searchkit.query import tree

_GLOB = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|[^*?\[]+|\[")
END_OF_DATE = "-99"  # sorts behind every month and day: "2024" as an upper bound takes in all of 2024


def where(node: Node, conditions: tuple[tree.Condition, ...], folder: str) -> Node:
    """Narrow a node down to the documents that a query's conditions admit."""
    return Where(node, tuple(_condition(condition, folder) for condition in conditions))


def _condition(node: tree.Condition, folder: str) -> Condition:
    """Compile one condition of the query language."""
    if node.name == "lang":
        return Among("language", (node.low,))
    if node.name == "date":
        return between(node.low, node.high)
    return matches((node.low,), folder)


def between(since: str, until: str) -> Condition:
    """Admit dates from ``since`` to ``until``, both included, each a year, a month or a day; "" leaves a side open."""
    return Between("date", since, until + END_OF_DATE if until else "")


def matches(globs: tuple[str, ...], folder: str = "") -> Condition:
    """Admit paths that match any of some globs.

    ``*`` and ``?`` stop at ``/``, ``**`` does not.

    Args:
        globs: against the absolute path, or against the path below ``folder``.
        folder: the current folder; a path below it is printed relative to it.
    """
    patterns = []
    for glob in globs:
        body = glob_pattern(glob)
        patterns.append(body)
        if folder and not glob.startswith("/"):
            patterns.append(re.escape(folder.rstrip("/")) + "/" + body)
    return Matches("path", tuple(patterns))


def glob_pattern(glob: str) -> str:
    """Translate a glob into a regular expression for ``re.fullmatch``."""
    out = []
    for piece in _GLOB.findall(glob):
        if piece == "**/":
            out.append("(?:.*/)?")
        elif piece == "**":
            out.append(".*")
        elif piece == "*":
            out.append("[^/]*")
        elif piece == "?":
            out.append("[^/]")
        elif piece.startswith("[") and piece != "[":
            inside = piece[1:-1].replace("\\", "\\\\")
            out.append("[" + ("^" + inside[1:] if inside.startswith("!") else inside) + "]")
        else:
            out.append(re.escape(piece))
    return "".join(out)


def admitted(node: Node, *, languages: tuple[str, ...], paths: tuple[str, ...], since: str, until: str, folder: str) -> Node:
    """Narrow a node down by the options of a search; no option changes nothing."""
    conditions: list[Condition] = []
    if languages:
        conditions.append(Among("language", languages))
    if paths:
        conditions.append(matches(paths, folder))
    if since or until:
        conditions.append(between(since, until))
    return Where(node, tuple(conditions)) if conditions else node
