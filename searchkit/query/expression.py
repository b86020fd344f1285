"""What does an expression of the query language say?

``NOT`` and ``-`` bind tightest, then ``AND``, then ``OR``, and words side by
side loosest, so that ``lang:de Wind OR Sonne -Kohle`` is (Wind OR Sonne), in
German, without Kohle.  Nothing here recurses: brackets nest as deep as
``tree.MAX_DEPTH`` and are an error beyond it.  What is no expression is a
``QueryError`` at its place; what becomes of it then is the business of ``syntax``.
"""

import re
from collections.abc import Collection

from searchkit.errors import QueryError
from searchkit.query import pieces
from searchkit.query.tree import MAX_DEPTH, And, Field, Node, Not, Or, Phrase, Words

MAX_SLOP = 1000  # words; a chapter: beyond it "near" says nothing
PLAIN_HINT = "quote it, or take it as text with --syntax plain"

# Brackets as Asian input methods write them; one for one, so offsets hold.
_EVEN = str.maketrans({"\uff08": "(", "\uff09": ")", "\uff1a": ":", "\uff5e": "~"})
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s(]|$)")
_SLOP = re.compile(r"~(\d*)(?!\w)")
_SPACE = re.compile(r"\s*")

# Opening mark -> the marks that close it, and the one that does where none of
# those follows.  German closes with what English opens, books turn the angles
# round, and a pasted opening mark is often closed from the keyboard.
QUOTES = {
    '"': ('"\uff02', "\u201d"),
    "\uff02": ('"\uff02', "\u201d"),
    "\u201c": ("\u201d\u201c", '"'),
    "\u201d": ("\u201d", '"'),
    "\u201e": ("\u201c\u201d", '"'),
    "\u201f": ("\u201d", '"'),
    "\u00ab": ("\u00bb", ""),
    "\u00bb": ("\u00ab\u00bb", ""),
    "\u300c": ("\u300d", ""),
    "\u300e": ("\u300f", ""),
    "\uff62": ("\uff63", ""),
}


class _Group:
    """What stands between two brackets, as far as it is read.

    Attributes:
        side: finished nodes side by side.
        either: alternatives of the ``OR`` chain at the end.
        both: parts of the ``AND`` chain at the end of that.
        pending: ``AND`` or ``OR``, waiting for what follows; "" for none.
        negated: a ``NOT`` or ``-`` waits for what follows.
        field: name of the field that the group is looked for in.
        start: offset of its bracket.
        waits: offset of the operator that waits.
    """

    __slots__ = ("both", "either", "field", "negated", "pending", "side", "start", "waits")

    def __init__(self, start: int, field: str = "") -> None:
        self.start, self.field = start, field
        self.side: list[Node] = []
        self.either: list[Node] = []
        self.both: list[Node] = []
        self.pending = ""
        self.negated = False
        self.waits = start

    def take(self, node: Node) -> None:
        """Put the next node where the operator before it says."""
        if self.negated:
            node = node.node if isinstance(node, Not) else Not(node)
        if self.pending == "OR":
            self._close_and()
        elif not self.pending:
            self._close_or()
        self.both.append(node)
        self.pending, self.negated = "", False

    def _close_and(self) -> None:
        if self.both:
            self.either.append(self.both[0] if len(self.both) == 1 else And(tuple(self.both)))
            self.both = []

    def _close_or(self) -> None:
        self._close_and()
        if self.either:
            node = self.either[0] if len(self.either) == 1 else Or(tuple(self.either))
            self.side.extend(node.nodes if isinstance(node, Words) else (node,))
            self.either = []

    def node(self) -> Node | None:
        """Give the whole group; None if there is nothing in it."""
        self._close_or()
        return self.side[0] if len(self.side) == 1 else Words(tuple(self.side)) if self.side else None


class Expression:
    """One pass over a query, with its open brackets on a stack of its own.

    Attributes:
        negates: whether a ``NOT`` or ``-`` was read.
    """

    __slots__ = ("absent", "at", "even", "fields", "negates", "query", "stack", "strict")

    def __init__(self, query: str, fields: Collection[str], *, strict: bool) -> None:
        self.query, self.fields, self.strict = query, fields, strict
        self.even = query.translate(_EVEN)
        self.at = 0
        self.stack = [_Group(0)]
        self.absent: set[str] = set()
        self.negates = False

    def fail(self, message: str, at: int, hint: str = PLAIN_HINT) -> QueryError:
        """Make the error for a place in the query."""
        return QueryError(message, query=self.query, position=at, hint=hint)

    def tree(self) -> Node | None:
        """Read the whole query."""
        even, end = self.even, len(self.even)
        while True:
            self.at = _SPACE.match(even, self.at).end()  # type: ignore[union-attr]  # it matches everywhere
            if self.at >= end:
                break
            char = even[self.at]
            operator = _OPERATOR.match(even, self.at)
            if char == "(":
                self._open()
            elif char == ")":
                self._close()
            elif operator:
                self._operator(operator.group(1))
            else:
                self._operand()
        self._finish_group()
        if len(self.stack) > 1:
            raise self.fail("a bracket is not closed", self.stack[-1].start, "close it with )")
        return self.stack[0].node()

    def _open(self, field: str = "") -> None:
        if len(self.stack) > MAX_DEPTH:
            raise self.fail(f"brackets are nested more than {MAX_DEPTH} deep", self.at)
        if field and any(group.field for group in self.stack):
            raise self.fail("a field inside a field", self.at)
        self.stack.append(_Group(self.at, field))
        self.at += 1

    def _close(self) -> None:
        if len(self.stack) == 1:
            raise self.fail("a bracket is closed that was not opened", self.at)
        self._finish_group()
        group = self.stack.pop()
        node = group.node()
        if node is None:
            raise self.fail("nothing between the brackets", group.start)
        self.at += 1
        self.stack[-1].take(Field(group.field, node) if group.field else node)

    def _operator(self, name: str) -> None:
        group = self.stack[-1]
        if name == "NOT":
            self._negate()
        elif group.pending or group.negated or not group.both:
            raise self.fail(f"nothing before {name}", self.at, f'write "{name}" in quotation marks to look for the word')
        else:
            group.pending, group.waits = name, self.at
        self.at += len(name)

    def _negate(self) -> None:
        """Note a ``NOT`` or ``-``; a second one takes the first back, so that nothing nests."""
        group = self.stack[-1]
        group.negated, group.waits = not group.negated, self.at
        self.negates = True

    def _finish_group(self) -> None:
        group = self.stack[-1]
        if group.pending or group.negated:
            raise self.fail(f"nothing after {group.pending or 'NOT'}", group.waits)

    def _operand(self) -> None:
        """Read what may stand where a word may: with its minus, its field, its equals sign."""
        even, start = self.even, self.at
        group = self.stack[-1]
        if even[start] == "-":
            self._negate()
            self.at += 1
            if even[self.at : self.at + 1] in {"", "-", ")"} or even[self.at].isspace():
                raise self.fail("nothing to leave out after -", start)
        field = pieces.field_before(even, self.at, self.fields)
        if field and field not in pieces.CONDITIONS and any(each.field for each in self.stack):
            raise self.fail("a field inside a field", self.at)
        self.at += len(field) + 1 if field else 0
        if field in pieces.CONDITIONS:
            node: Node | None = self._condition(field)
        elif even[self.at : self.at + 1] == "(":
            self._open(field)
            return
        else:
            node = self._text(field)
        if node is not None:
            group.take(Field(field, node) if field and field not in pieces.CONDITIONS else node)
        elif group.negated or group.pending or field:
            raise self.fail("there is no word here", start)

    def _condition(self, name: str) -> Node:
        start = self.at
        if self.query[start : start + 1] in QUOTES:
            value = self._quoted()
        else:
            self.at = pieces.piece_end(self.even, start)
            value = self.query[start : self.at]
        try:
            return pieces.condition(name, value, start - len(name) - 1, self.at)
        except ValueError as error:
            raise self.fail(str(error), start, pieces.CONDITIONS[name]) from error

    def _text(self, field: str) -> Node | None:
        """Read a word, a pattern or a phrase; None for a piece without a letter or digit."""
        start = self.at
        exact = self.even[start] == "=" if start < len(self.even) else False
        self.at += exact
        if self.query[self.at : self.at + 1] in QUOTES:
            return self._phrase(start, exact=exact)
        end = pieces.piece_end(self.even, self.at, frozenset(QUOTES))
        if self.query[end : end + 1] in QUOTES:
            raise self.fail("a quotation mark inside a word", end, "put a blank before it, or use --syntax plain")
        piece, at = self.query[self.at : end], self.at
        self.at = end
        if exact and not pieces.is_text(piece[:1]):
            raise self.fail("no word after =", start)
        if field and not piece:
            raise self.fail(f"nothing after {field}:", start)
        try:
            return pieces.term(piece, self.even[at:end], start, end, exact=exact, strict=self.strict)
        except ValueError as error:
            raise self.fail(str(error), at) from error

    def _phrase(self, start: int, *, exact: bool) -> Node:
        text = self._quoted()
        if not pieces.is_text(text):
            raise self.fail("nothing between the quotation marks", start)
        slop = _SLOP.match(self.even, self.at)
        if not slop:
            return Phrase(text, start, self.at, exact=exact)
        if not slop.group(1) or int(slop.group(1)[:9]) > MAX_SLOP:
            raise self.fail(f"a number of words from 0 to {MAX_SLOP} must stand after ~", self.at)
        self.at = slop.end()
        return Phrase(text, start, self.at, exact=exact, slop=int(slop.group(1)))

    def _quoted(self) -> str:
        """Read what stands in quotation marks; the place moves behind the closing one."""
        query, start = self.query, self.at
        end = -1
        for marks in QUOTES[query[start]]:
            if end < 0 and marks and marks not in self.absent:
                found = re.compile(f"[{marks}]").search(query, start + 1)
                end = found.start() if found else -1
                if not found:
                    self.absent.add(marks)  # or a query of opening marks would be read to its end for each
        if end < 0:
            raise self.fail("a quotation mark is not closed", start, "close it, or use --syntax plain")
        self.at = end + 1
        return query[start + 1 : end]
