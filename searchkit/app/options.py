"""What does a Python caller ask for, who knows the options of the command line?

Settings by either name: the command line's (``path``, ``glob``, ``memory``)
or the field's (``paths``, ``globs``, ``memory_bytes``).  A value that the
command line would refuse is refused here too: ``since="May"`` would otherwise
quietly find nothing.
"""

import os
from collections.abc import Iterable, Mapping
from typing import TypeVar

from searchkit.query.pieces import condition
from searchkit.settings import IndexSettings, SearchSettings
from searchkit.typed import Any

_FIELDS = {"in": "in_languages", "in_": "in_languages", "path": "paths", "glob": "globs", "exclude": "excludes"}
_FIELDS["timeout"] = "timeout_seconds"
_FIELDS |= {"lock_timeout": "lock_timeout_seconds", "max_size": "max_size_bytes", "memory": "memory_bytes"}
_MEGABYTES = {"max_size", "memory"}
_CHOICES = {
    "match": ("auto", "all", "any"),
    "fuzzy": ("auto", "off", "on"),
    "sort": ("score", "date", "path"),
    "syntax": ("auto", "plain", "full"),
}
_LEAST = {"limit": 0, "offset": 0, "snippets": 0, "context": 20, "jobs": 0, "max_size_bytes": 1, "memory_bytes": 1}
S = TypeVar("S", SearchSettings, IndexSettings)


def search_settings(options: Mapping[str, Any]) -> SearchSettings:
    """Give the settings of a search.

    Raises:
        TypeError: there is no such option.
        ValueError: an option cannot have this value.
    """
    return _settings(SearchSettings, options)


def index_settings(options: Mapping[str, Any]) -> IndexSettings:
    """Give the settings of an update; raises as ``search_settings``."""
    return _settings(IndexSettings, options)


def source_paths(sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None) -> list[str] | None:
    """Give paths of sources as a list; a single one is one source, not one for each of its letters."""
    if sources is None:
        return None
    return [os.fspath(source) for source in ([sources] if isinstance(sources, str | os.PathLike) else sources)]


def _settings(kind: type[S], options: Mapping[str, Any]) -> S:
    known = kind._field_defaults
    chosen: dict[str, Any] = {}
    for given, value in options.items():
        name = _FIELDS.get(given, given)
        if name not in known:
            raise TypeError(f"no such option: {given}; there are {', '.join(known)}")
        chosen[name] = _checked(name, value << 20 if given in _MEGABYTES and isinstance(value, int) else value, known[name])
    return kind(**chosen)


def _checked(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        return (value,) if isinstance(value, str) else tuple(value)
    if name in _CHOICES and value not in _CHOICES[name]:
        raise ValueError(f"{name}={value!r} is not one of {', '.join(_CHOICES[name])}")
    if name in _LEAST and (not isinstance(value, int) or value < _LEAST[name]):
        raise ValueError(f"{name}={value!r} is no whole number from {_LEAST[name]}")
    if name == "timeout_seconds" and not (isinstance(value, int | float) and value >= 0):
        raise ValueError(f"{name}={value!r} is no number of seconds")
    if name in {"since", "until"} and value:
        try:
            condition("date", str(value), 0, 0)
        except ValueError as error:
            raise ValueError(f"{name}: {error}; write YYYY, YYYY-MM or YYYY-MM-DD") from error
        return str(value)
    return value
