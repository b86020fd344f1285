"""What can a caller choose, and what holds if nothing is chosen?

Frozen records without a file or an environment: ``cli`` fills them from
options, a Python caller by hand.  The names are those of the command line.
"""

from searchkit.typed import NamedTuple

WRITER_SHARE = 5  # a fifth of the memory is for what is held until it is written as a segment


class SearchSettings(NamedTuple):
    """How to search.  See ``searchkit search --help``; empty strings and tuples mean "no such wish".

    Attributes:
        matched: whether each hit says which words of the query it holds
            (formats that do not print it do without).
        timeout_seconds: of processor time that a query may take on 100,000
            documents, and in proportion on more; 0 for as long as it takes.
    """

    limit: int = 10
    offset: int = 0
    lang: str = "auto"
    in_languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    match: str = "auto"
    exact: bool = False
    fuzzy: str = "auto"
    sort: str = "score"
    syntax: str = "auto"
    snippets: int = 1
    context: int = 200
    explain: bool = False
    matched: bool = True
    timeout_seconds: float = 2.0


class IndexSettings(NamedTuple):
    """How to bring an index up to date.  See ``searchkit index --help``.

    Attributes:
        lang: of the documents, or ``auto``.
        globs, excludes: gitignore patterns.
        max_size_bytes: of one file.
        jobs: processes; 0 for all cores.
        memory_bytes: about how much the build may hold.
    """

    lang: str = "auto"
    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    max_size_bytes: int = 256 << 20
    jobs: int = 0
    memory_bytes: int = 512 << 20
    lock_timeout_seconds: float = 10.0
    rebuild: bool = False
    prune: bool = False
    dry_run: bool = False
