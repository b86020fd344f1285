"""Which documents are admitted at all?

``lang:``, ``path:`` and ``date:`` of a query, ``--in``, ``--path``,
``--since`` and ``--until`` become conditions on columns; they score nothing.
"""

from searchkit.engine.plan import Among, Between, Condition, Matches, Node, Where
from searchkit.query import tree
from searchkit.text.patterns import lazy_pattern
from searchkit.typed import NamedTuple

_GLOB = lazy_pattern(r"(?:^|(?<=/))\*{2,}/|\*{2,}|\*|\?|\[!?[^\]/]+\]|[^*?\[]+|\[")
_IN_SET = lazy_pattern(r"(?s)(.)-(.)|(.)")
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

    ``*`` and ``?`` stop at ``/``, ``**`` does not.  A folder's own name
    admits what lies below it: ``d``, ``d/`` and ``./d`` as well as ``d/**``.

    Args:
        globs: against the absolute path, or against the path below ``folder``.
        folder: the current folder; a path below it is printed relative to it.
    """
    from re import escape

    patterns = []
    for glob in globs:
        body = glob_pattern(glob.removeprefix("./").rstrip("/") or glob)
        if not any(sign in glob for sign in "*?["):
            body += "(?:/.*)?"
        patterns.append(body)
        if folder and not glob.startswith("/"):
            patterns.append(escape(folder.rstrip("/")) + "/" + body)
    return Matches("path", tuple(patterns))


def glob_pattern(glob: str) -> str:
    """Translate a glob into a regular expression for ``re.fullmatch``, which matches in no more than quadratic time.

    What stands between two stars is matched at the first place and then kept
    (atomic groups): a later place leaves less to what follows.  Plain ``.*a``
    thirty times over would try all combinations.  Only the last star has an
    end to reach, and only the last ``**`` may begin anew for it.
    """
    leads, bodies = [""], [_Body([""])]
    for piece in _GLOB.findall(glob):
        if piece.startswith("**"):
            leads.append("(?:.*?/)??" if piece.endswith("/") else ".*?")
            bodies.append(_Body([""]))
        elif piece == "*":
            bodies[-1].runs.append("")
        else:
            bodies[-1].runs[-1] += _single(piece)
    kept = "".join(
        f"(?>{lead}{body.first_place()})" for lead, body in zip(leads[:-1], bodies[:-1], strict=True) if lead or body.runs != [""]
    )
    return kept + leads[-1] + bodies[-1].to_the_end()


class _Body(NamedTuple):
    """What stands between two ``**``.

    Attributes:
        runs: expressions of fixed length, a ``*`` between each two.
    """

    runs: list[str]

    def first_place(self) -> str:
        """Give an expression that ends as early as it can."""
        return self.runs[0] + "".join(f"(?>[^/]*?{run})" for run in self.runs[1:])

    def to_the_end(self) -> str:
        """Give an expression whose last star reaches as far as it must."""
        if len(self.runs) == 1:
            return self.runs[0]
        return _Body(self.runs[:-1]).first_place() + "[^/]*" + self.runs[-1]


def _single(piece: str) -> str:
    """Translate a piece without a star."""
    if piece == "?":
        return "[^/]"
    from re import escape

    if not piece.startswith("[") or piece == "[":
        return escape(piece)
    members = [_member(*found) for found in _IN_SET.findall(piece[1:-1].removeprefix("!"))]
    sign = "^" if piece[1] == "!" else ""
    # A range without anything in it ([z-a]) leaves the set as it is; a set never means a slash.
    return f"(?!/)[{sign}{''.join(members)}]" if any(members) else "(?!)"


def _member(low: str, high: str, single: str) -> str:
    """Translate a character or range of a set."""
    from re import escape

    if single:
        return escape(single)
    return f"{escape(low)}-{escape(high)}" if low <= high else ""


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
