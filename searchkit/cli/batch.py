"""Which queries were asked, one after the other?

Queries come from standard input as they are typed, or from a file of topics.
"""

import sys
from collections.abc import Iterator

from searchkit.cli.render.formats import Asked


def iter_standard_input() -> Iterator[Asked]:
    """Read a query a line, ``ID<TAB>QUERY`` or the query alone, each as soon as its line is there.

    Bytes that are no UTF-8 become surrogates.  An empty line is a query too,
    so that answers and lines can be laid side by side.
    """
    stream = sys.stdin
    if stream is None:
        return
    for number, line in enumerate(iter(stream.buffer.readline, b""), start=1):
        yield parse_line(line.decode("utf-8", "surrogateescape"), number)


def parse_line(line: str, number: int) -> Asked:
    r"""Take a line of a batch apart.

    >>> parse_line("q7\tsolar power\n", 1)
    Asked(id='q7', text='solar power', batch=True)
    >>> parse_line("solar power\n", 1)
    Asked(id='1', text='solar power', batch=True)
    """
    if number == 1:
        line = line.removeprefix("\ufeff")
    line = line.removesuffix("\n").removesuffix("\r")
    name, tab, query = line.partition("\t")
    return Asked(name.strip(), query, batch=True) if tab and name.strip() else Asked(str(number), line.strip("\t"), batch=True)


def iter_file(path: str) -> Iterator[Asked]:
    """Read the queries of a topics file.

    Raises:
        InputError: a line is not as it should be.
    """
    from searchkit.evaluation.topics import read_topics

    for topic in read_topics(path):
        yield Asked(topic.id, topic.text, batch=True)
