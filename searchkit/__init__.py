"""Multilingual search from the command line and from Python.

``from searchkit import Index``: see ``searchkit.app.index``.  The names are
exported lazily, so that ``import searchkit`` costs nothing.
"""

TYPE_CHECKING = False  # what `typing` calls so, without its import
if TYPE_CHECKING:
    from searchkit.app.index import Index as Index
    from searchkit.app.results import IndexReport as IndexReport
    from searchkit.app.results import SearchResult as SearchResult
    from searchkit.errors import SearchkitError as SearchkitError

_EXPORTS = {
    "Index": "searchkit.app.index",
    "IndexReport": "searchkit.app.results",
    "SearchResult": "searchkit.app.results",
    "SearchkitError": "searchkit.errors",
}


def __getattr__(name: str) -> object:
    """Load an exported name when it is first asked for."""
    if name == "__version__":
        from searchkit._version import VERSION

        return VERSION
    if name in _EXPORTS:
        from importlib import import_module

        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module 'searchkit' has no attribute {name!r}")
