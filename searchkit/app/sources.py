"""Which folders does an index remember, and whose is a file?

The catalogue (sources, and what is known of their files) is a blob that is
committed with the documents; this file finds and replaces it and decides
between sources that lie in each other.
"""

import os
from collections.abc import Iterable

from searchkit.documents.catalog import Catalog, Source, load_catalog
from searchkit.documents.changes import is_below
from searchkit.engine.contract import Engine
from searchkit.errors import IndexDamagedError, SourceError
from searchkit.settings import IndexSettings

CATALOG = "catalog"
DEFAULT_SOURCE = "corpus"


def read_catalog(engine: Engine, index: str) -> Catalog:
    """Give what the last commit remembers; an empty catalogue where there is no index yet.

    Raises:
        IndexDamagedError: the index or its catalogue cannot be read.
    """
    if not engine.exists():
        return Catalog()
    reader = engine.reader()
    try:
        return loaded_catalog(reader.blob(CATALOG), index)
    finally:
        reader.close()


def rescued_catalog(engine: Engine, index: str) -> Catalog:
    """Give what the last commit remembers, whatever else of the index is damaged.

    Raises:
        IndexDamagedError: the catalogue itself is; only the user knows the folders then.
    """
    blob = engine.blob(CATALOG)
    if engine.exists() and blob is None:
        error = IndexDamagedError(index, "its list of sources cannot be read")
        error.hint = "name the folders: searchkit index --rebuild FOLDER ..."
        raise error
    return loaded_catalog(blob, index)


def loaded_catalog(blob: bytes | None, index: str) -> Catalog:
    """Read a catalogue.

    Raises:
        IndexDamagedError: it is none.
    """
    if blob is None:
        return Catalog()
    try:
        return load_catalog(blob)
    except ValueError as error:
        damaged = IndexDamagedError(index, str(error))
        damaged.hint = "build it anew with: searchkit index --rebuild FOLDER ..."
        raise damaged from error


def source_of(path: str, settings: IndexSettings) -> Source:
    """Make a source of a path as given, with the options it was given with."""
    absolute = os.path.abspath(path)
    try:
        device = os.stat(absolute).st_dev
    except OSError:
        device = 0
    return Source(absolute, settings.lang, settings.globs, settings.excludes, settings.max_size_bytes, device)


def is_unmounted(source: Source) -> bool:
    """Tell whether a folder is but the place where a disk was mounted: empty, and on another file system than it was."""
    try:
        return bool(source.device) and os.stat(source.path).st_dev != source.device and not os.listdir(source.path)
    except OSError:
        return False


def merged(known: tuple[Source, ...], given: Iterable[Source]) -> tuple[Source, ...]:
    """Add sources to those that are remembered; one that is given again has its new options."""
    sources = {source.path: source for source in known}
    for source in given:
        sources[source.path] = source
    return tuple(sources.values())


def owner_of(path: str, sources: Iterable[Source]) -> Source | None:
    """Find the source that a file belongs to: the innermost one above it."""
    above = [source for source in sources if is_below(path, source.path)]
    return max(above, key=lambda source: len(source.path), default=None)


class Owners:
    """Finds the sources that many files belong to: all of a folder belong to one, unless a file is a source itself."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._given = {source.path: source for source in sources}
        self._folders: dict[str, Source | None] = {}

    def of(self, path: str) -> Source | None:
        """Find the innermost source above a file."""
        if path in self._given:
            return self._given[path]
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = owner_of(path, self._sources)
        return self._folders[folder]


def chosen_sources(paths: Iterable[str] | None, catalog: Catalog, settings: IndexSettings) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Decide which sources a run visits: ``(all that are remembered from now on, those visited)``.

    Raises:
        SourceError: a path does not exist and is not remembered either, or
            there is nothing to visit at all.
    """
    if paths is None:
        visited = catalog.sources
        if not visited:
            if not os.path.isdir(DEFAULT_SOURCE):
                raise SourceError("nothing to index", "no source is remembered", hint="name a folder: searchkit index FOLDER")
            visited = (source_of(DEFAULT_SOURCE, settings),)
    else:
        visited = merged((), (source_of(path, settings) for path in paths))
        known = {source.path for source in catalog.sources}
        for source in visited:
            if source.path not in known and not os.path.lexists(source.path):
                raise SourceError(source.path, "no such file or folder", hint="check the path")
    everything = merged(catalog.sources, visited)
    return everything, everything if settings.rebuild else visited


def without(catalog: Catalog, path: str) -> Catalog:
    """Forget a source: give the catalogue without it and without the files that no other source holds.

    Raises:
        SourceError: it is not remembered.
    """
    absolute = os.path.abspath(path)
    sources = tuple(source for source in catalog.sources if source.path != absolute)
    if len(sources) == len(catalog.sources):
        remembered = ", ".join(source.path for source in catalog.sources) or "none"
        raise SourceError(absolute, "is not a remembered source", hint=f"remembered: {remembered}")
    files = {name: file for name, file in catalog.files.items() if owner_of(name, sources)}
    return Catalog(sources, files)


def documents_of(source: Source, catalog: Catalog) -> int:
    """Count the documents of a source."""
    return sum(len(file.ids) for path, file in catalog.files.items() if owner_of(path, catalog.sources) == source)


def options_of(source: Source) -> dict[str, str]:
    """Give the options that a source was given with, where they are not the usual ones."""
    usual = Source(source.path)
    options = {
        "lang": source.lang if source.lang != usual.lang else "",
        "glob": " ".join(source.globs),
        "exclude": " ".join(source.excludes),
        "max-size": str(source.max_size_bytes >> 20) if source.max_size_bytes != usual.max_size_bytes else "",
    }
    return {name: value for name, value in options.items() if value}
