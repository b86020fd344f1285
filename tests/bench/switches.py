"""What happens without a part of the score?

Each row switches one thing off, in this process, and back on after it.  A row
is a list of what to put in whose place, so that a part that has gone by
another name since is an error, not a row that measures nothing.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from searchkit.app import searching
from searchkit.engine.local.snapshot import Snapshot, TextStatistics
from searchkit.engine.plan import Node, Nothing, Sum
from searchkit.languages.base import Analysis
from searchkit.languages.registry import LANGUAGES
from searchkit.planning import compile as compiling
from searchkit.planning import expand, scope

NEVER = 1_000_000


class Put(NamedTuple):
    """A value to stand for a while in place of an attribute."""

    owner: Any
    attribute: str
    value: Any


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        name: what is off.
        puts: how; made when it is asked for.
        settings: of the search, where that is all it takes.
    """

    name: str
    puts: Callable[[], list[Put]] = list
    settings: dict[str, Any] = {}  # noqa: RUF012  # nobody writes to it


def _weights(*names: str) -> list[Put]:
    """Take weights away in every language."""
    return [Put(spoken, "weights", spoken.weights._replace(**dict.fromkeys(names, 0.0))) for spoken in LANGUAGES.values()]


def _similarity(**values: float) -> list[Put]:
    """Give every language the same k1 or b."""
    return [Put(spoken, name, value) for spoken in LANGUAGES.values() for name, value in values.items()]


def _no_titles() -> list[Put]:
    body = expand.BODY._replace(title_weight=0.0)
    return [Put(expand, "BODY", body), Put(compiling, "BODY", body)]


def _rewritten(change: Callable[[Analysis], Analysis]) -> Put:
    """Change the analyses that a word's alternatives are made of."""
    inner = expand.readings

    def readings(part: expand.Part, code: str, analysis: Analysis, weight: float, *, strict: bool) -> list[Node]:
        return inner(part, code, change(analysis), weight, strict=strict)

    return Put(expand, "readings", readings)


def _first_readings() -> list[Put]:
    return [_rewritten(lambda analysis: analysis._replace(readings=analysis.readings[:1]))]


def _no_folds() -> list[Put]:
    inner = expand.term_node

    def term_node(part: expand.Part, channel: str, code: str, text: str, weight: float) -> Node:
        return Nothing() if channel == "fold" else inner(part, channel, code, text, weight)

    return [_rewritten(lambda analysis: analysis._replace(folds=())), Put(expand, "term_node", term_node)]


def _count_once() -> list[Put]:
    def once(words: Iterable[str]) -> dict[str, int]:
        return dict.fromkeys(words, 1)

    return [Put(compiling, "Counter", once)]


def _one_n() -> list[Put]:
    inner = Snapshot.statistics

    def statistics(snapshot: Snapshot, field: str) -> TextStatistics:
        return inner(snapshot, field)._replace(documents=snapshot.live_count)

    return [Put(Snapshot, "statistics", statistics)]


ROWS = (
    Row("a repeated word counts once", _count_once),
    Row("N: documents of all languages", _one_n),
    Row("no length of documents (b 0)", lambda: _similarity(b=0.0)),
    Row("k1 1.2, b .75 in every language", lambda: _similarity(k1=1.2, b=0.75)),
    Row("k1 .9, b .4 in every language", lambda: _similarity(k1=0.9, b=0.4)),
    Row("no titles", _no_titles),
    Row("no phrase bonus", lambda: _weights("phrase", "near")),
    Row("alternatives added up, no best one", lambda: [Put(expand, "Max", Sum), Put(compiling, "Max", Sum)]),
    Row("no gram channel", lambda: _weights("gram")),
    Row("grams rank and never find", lambda: [Put(compiling, "GRAMS_FIND_FROM", NEVER)]),
    Row("no fold channel", _no_folds),
    Row("no bonus of the exact form", lambda: _weights("word")),
    Row("no second readings, no compound parts", _first_readings),
    Row("all parts of a compound must be there", lambda: [Put(compiling, "LOOSE_FROM", NEVER)]),
    Row("stop words searched for", lambda: [Put(expand, "is_stop_word", lambda _: False)]),
    Row("a guessed language counts no more", lambda: [Put(scope, "UNLIKELY", 1.0), Put(scope, "LESS_LIKELY", 1.0)]),
    Row("few words: all of them, strictly", lambda: [Put(searching, "NEARLY_ALL", dict.fromkeys(compiling.NEARLY_ALL, 1.0))]),
    Row("no correction", settings={"fuzzy": "off"}),
    Row("few words: any will do (match any)", settings={"match": "any"}),
)


@contextlib.contextmanager
def switched(row: Row) -> Iterator[None]:
    """Hold a row's changes for a while.

    Raises:
        AttributeError: the product has no such part any more.
    """
    puts = row.puts()
    before = [Put(put.owner, put.attribute, getattr(put.owner, put.attribute)) for put in puts]
    try:
        for put in puts:
            setattr(*put)
        yield
    finally:
        for put in before:
            setattr(*put)
