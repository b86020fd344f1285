"""Multilingual search from the command line and from Python.

``from searchkit import Index``: see ``searchkit.app.index``.  The names are
exported lazily, so that ``import searchkit`` costs nothing.
"""

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
