"""How is an index brought up to date with folders and files?

Found files are held against known ones; only what is new or changed is read;
documents and the catalogue of files are committed together, so that neither
can be ahead of the other.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from searchkit.app.damage import on_sound
from searchkit.app.memory import would_do_now
from searchkit.app.opening import open_engine
from searchkit.app.results import IndexReport, Progress
from searchkit.app.sources import CATALOG, Owners, chosen_sources, documents_of, is_unmounted, read_catalog, rescued_catalog, without
from searchkit.documents.catalog import Catalog, Source, dump_catalog
from searchkit.documents.changes import Changes, KnownFile, compare, facts_of
from searchkit.documents.discover import find_files
from searchkit.documents.model import FoundFile, Problem, Skipped
from searchkit.engine.contract import AnalyzedDocument, Engine, Key, Reader, Writer
from searchkit.errors import IndexDamagedError, SearchkitError, SourceError, StorageError
from searchkit.languages.registry import versions
from searchkit.settings import WRITER_SHARE, IndexSettings

if TYPE_CHECKING:
    from searchkit.app.analysing import FileResult
    from searchkit.app.reading import Batch

Report = Callable[[Progress], None]


@on_sound
def update(
    index: str, paths: Sequence[str] | None, settings: IndexSettings, *, progress: Report | None = None, trust: bool = False
) -> IndexReport:
    """Bring an index up to date.

    Args:
        index: its folder; made where there is none.
        paths: folders and files to visit, remembered from now on; None for all that are remembered.
        settings: the options.
        progress: is told after every batch of files.
        trust: write to it though it belongs to another user.

    Returns:
        What was done.  ``vanished`` sources were left as they are.

    Raises:
        SourceError: a path does not exist, or there is nothing to index.
        IndexLockedError, IndexDamagedError, StorageError: of the index.
    """
    began = time.perf_counter()
    engine = open_engine(index, trust=trust)
    if settings.dry_run:
        run = _Run(engine, index, settings, _known(engine, index, settings, paths), paths)
        return run.planned()._replace(seconds=time.perf_counter() - began)
    with engine.writer(
        versions=versions(),
        rebuild=settings.rebuild,
        memory_bytes=settings.memory_bytes // WRITER_SHARE,
        lock_timeout_seconds=settings.lock_timeout_seconds,
    ) as writer:
        run = _Run(engine, index, settings, _known(engine, index, settings, paths), paths)
        run.refuse_losses()
        run.write(writer, progress)
    return run.report()._replace(documents=_count(engine, run.documents), seconds=time.perf_counter() - began)


@on_sound
def forget(index: str, path: str, settings: IndexSettings, *, trust: bool = False) -> IndexReport:
    """Drop a source and the documents that no other source holds.

    Raises:
        SourceError: it is not remembered.
        IndexLockedError, IndexDamagedError, StorageError: of the index.
    """
    began = time.perf_counter()
    engine = open_engine(index, trust=trust)
    catalog = read_catalog(engine, index)
    left = without(catalog, path)
    gone = [file for name, file in catalog.files.items() if name not in left.files]
    keys = [key for file in gone for key in _keys(file)]
    if not settings.dry_run:
        with engine.writer(versions=versions(), lock_timeout_seconds=settings.lock_timeout_seconds) as writer:
            writer.remove(keys)
            writer.blob(CATALOG, dump_catalog(left))
            writer.commit()
    return IndexReport(
        removed=len(keys),
        documents=_count(engine, sum(len(file.ids) for file in left.files.values())),
        seconds=time.perf_counter() - began,
        actions=tuple(("remove", file.path) for file in gone) if settings.dry_run else (),
    )


def _known(engine: Engine, index: str, settings: IndexSettings, paths: Sequence[str] | None) -> Catalog:
    """Give what the index remembers, and refuse to mix what two versions of an analyser wrote."""
    if not settings.rebuild:
        catalog = read_catalog(engine, index)
        if engine.exists():
            _check_versions(engine)
        return catalog
    try:
        return rescued_catalog(engine, index)
    except IndexDamagedError:
        if paths is None:
            raise
        return Catalog()


def _check_versions(engine: Engine) -> None:
    reader = engine.reader()
    try:
        figures = reader.statistics()
    finally:
        reader.close()
    outdated = [code for code, version in sorted(versions().items()) if figures.versions.get(code, version) != version]
    if outdated and figures.documents:
        raise SearchkitError(
            f"the index was written by another version of the analyser for {', '.join(outdated)}",
            hint="build it anew with: searchkit index --rebuild",
        )


def _count(engine: Engine, committed: int = 0) -> int:
    """Count the documents of the last commit; as many as were committed where it cannot be opened: that is no failure of the run."""
    if not engine.exists():
        return 0
    try:
        reader = engine.reader()
    except StorageError:
        return committed
    try:
        return reader.statistics().documents
    finally:
        reader.close()


def _keys(file: KnownFile) -> list[Key]:
    return [(file.path, name) for name in file.ids]


class _Run:
    """One run over some sources.

    Args:
        engine: of the index.
        index: its folder, which is never read as a source.
        settings: the options.
        catalog: what is known.
        paths: as ``update`` takes them.
    """

    def __init__(self, engine: Engine, index: str, settings: IndexSettings, catalog: Catalog, paths: Sequence[str] | None) -> None:
        self._engine, self._index, self._settings = engine, os.path.abspath(index), settings
        self._before = catalog
        self._catalog = replace(catalog, files={}) if settings.rebuild else catalog
        self._sources, self._visited = chosen_sources(paths, catalog, settings)
        self._owners = Owners(self._sources)
        self._problems: list[Problem] = []
        self._vanished: list[Source] = []
        self._skipped = 0
        self._files: dict[str, KnownFile] = {}
        self._counts = {"added": 0, "updated": 0, "unchanged": 0, "removed": 0}
        self._changes = self._compared()

    def _compared(self) -> Changes:
        """Walk the visited sources and hold what is there against what is known of them."""
        found: dict[str, FoundFile] = {}
        for source in self._visited:
            found.update((file.path, file) for file in self._walk(source))
        gone = {source.path for source in self._vanished}
        visited = {source.path for source in self._visited} - (set() if self._settings.prune else gone)
        known = {}
        for path, file in self._catalog.files.items():
            owner = self._owners.of(path)
            if owner is None or owner.path in visited:
                known[path] = file
            else:
                self._files[path] = file
        before = {source.path: source.lang for source in self._catalog.sources}
        other = {source.path for source in self._sources if before.get(source.path, source.lang) != source.lang}
        for path in known.keys() & found.keys() if other else ():
            owner = self._owners.of(path)
            if owner and owner.path in other:
                known[path] = known[path]._replace(digest="")  # another language: the same content is read anew
        for path, file in known.items():
            if file.problems and any(would_do_now(problem.reason, self._settings.memory_bytes) for problem in file.problems):
                known[path] = file._replace(digest="")  # who takes our advice on --memory has it read at last
        unreadable = [problem.path for problem in self._problems]
        return compare(found.values(), known, now_ns=time.time_ns(), unreadable=unreadable)

    def _walk(self, source: Source) -> list[FoundFile]:
        """Give the files of a source that are its own, and not those of a source inside it."""
        files: list[FoundFile] = []
        if is_unmounted(source):
            self._vanished.append(source)
            return files
        is_alone = len(self._sources) == 1
        try:
            for item in find_files(
                source.path,
                globs=source.globs,
                excludes=source.excludes,
                max_size_bytes=source.max_size_bytes,
                leave_out=(self._index,),
            ):
                if isinstance(item, FoundFile):
                    if is_alone or self._owners.of(item.path) is source:
                        files.append(item)
                elif isinstance(item, Skipped):
                    self._skipped += 1
                else:
                    self._problems.append(item)
        except SourceError:
            self._vanished.append(source)
        return files

    def refuse_losses(self) -> None:
        """Keep a rebuild, which starts from nothing, from dropping unasked what a vanished source held.

        Raises:
            SourceError: it would.  Where the index cannot be read there is nothing to keep.
        """
        gone = [source.path for source in self._vanished if documents_of(source, self._before)]
        if not self._settings.rebuild or self._settings.prune or not gone:
            return
        try:
            self._engine.reader().close()
        except SearchkitError:
            return
        hint = "bring it back, or let a rebuild drop its documents with --prune, or drop the source with --forget"
        raise SourceError(gone[0], "the source is gone, and a rebuild would lose its documents", hint=hint)

    def planned(self) -> IndexReport:
        """Say what would be done."""
        changes = self._changes
        removed = [*changes.removed, *(old for old, _ in changes.moved)]
        added = [*changes.added, *(new for _, new in changes.moved)]
        actions = [
            *(("add", file.path) for file in added),
            *(("update", file.path) for file in changes.changed),
            *(("remove", file.path) for file in removed),
        ]
        return IndexReport(
            added=len(added),
            updated=len(changes.changed),
            unchanged=sum(len(file.ids) for file in changes.unchanged),
            removed=sum(len(file.ids) for file in removed),
            skipped=self._skipped,
            failed=len(self._problems),
            documents=_count(self._engine),
            problems=tuple(self._problems),
            actions=tuple(sorted(actions, key=lambda action: action[1])),
            vanished=tuple(source.path for source in self._vanished if not self._settings.prune),
        )

    def write(self, writer: Writer, progress: Report | None) -> None:
        """Read what is new or changed, and commit."""
        changes = self._changes
        self._keep(changes)
        files = [*changes.added, *changes.changed, *(new for _, new in changes.moved)]
        if files:
            self._read(files, writer, progress)
        gone = [*changes.removed, *(old for old, _ in changes.moved)]
        for file in gone:
            writer.remove(_keys(file))
            self._counts["removed"] += len(file.ids)
        sources = self._sources
        if (
            files
            or gone
            or self._has_new_facts()
            or self._settings.rebuild
            or sources != self._catalog.sources
            or not self._engine.exists()
        ):
            writer.blob(CATALOG, dump_catalog(Catalog(sources, self._files)))
        writer.commit()

    def _read(self, files: Sequence[FoundFile], writer: Writer, progress: Report | None) -> None:
        """Read files and hand what is in them to the writer."""
        # Half a second of imports, which a run without news does without.
        from searchkit.app.analysing import Limits, Task
        from searchkit.app.reading import read_all
        from searchkit.app.room import check_room

        check_room(self._index, files)
        owners = {file.path: self._owners.of(file.path) for file in files}
        tasks = [Task(file, owner.lang) for file in files if (owner := owners[file.path])]
        found = {file.path: file for file in files}
        reader = self._engine.reader() if self._changes.changed and self._engine.exists() else None
        done = documents = 0
        try:
            limits = Limits(self._settings.max_size_bytes, self._settings.memory_bytes)
            for batch in read_all(tasks, jobs=self._settings.jobs, limits=limits):
                fresh = self._new(batch, reader)
                writer.add(fresh, batch.forms)
                for result in batch.results:
                    self._settle(writer, result, found[result.path])
                done += len(batch.results)
                documents += len(batch.documents)
                if progress and batch.results:
                    progress(Progress(done, len(files), documents, batch.results[-1].path))
        finally:
            if reader is not None:
                reader.close()

    def _has_new_facts(self) -> bool:
        """Tell whether the file system says something new of a file whose content is as it was.

        The time of the look alone is not worth a new generation: a folder that
        was written just before its first run would have two.
        """
        old = self._catalog.files
        return any(facts_of(file) != facts_of(old.get(path, file)) for path, file in self._files.items())

    def _keep(self, changes: Changes) -> None:
        """Take over what stays as it is, with the problems that it had."""
        for file in (*changes.unchanged, *changes.kept):
            self._files[file.path] = file
            self._counts["unchanged"] += len(file.ids)
            self._problems += file.problems
            self._skipped += not file.ids and not file.problems

    def _new(self, batch: "Batch", reader: Reader | None) -> list[AnalyzedDocument]:
        """Leave out the documents of a changed file that are as they were: one new record does not make a thousand."""
        fresh: list[AnalyzedDocument] = []
        for document in batch.documents:
            old = self._catalog.files.get(document.key[0])
            if old is None or document.key[1] not in old.ids:
                self._counts["added"] += 1
            elif reader is not None and _is_same(reader, document):
                self._counts["unchanged"] += 1
                continue
            else:
                self._counts["updated"] += 1
            fresh.append(document)
        return fresh

    def _settle(self, writer: Writer, result: "FileResult", file: FoundFile) -> None:
        """Remember a file that was read; take out what it no longer holds."""
        old = self._catalog.files.get(result.path)
        self._problems += result.problems
        self._skipped += result.empty
        ids = tuple(key[1] for key in result.keys)
        if old and not result.digest:
            # It cannot be read today, or not to its end: what it held stays, and it is tried again next time.
            ids = tuple(dict.fromkeys((*old.ids, *ids)))
        elif old:
            gone = [(old.path, name) for name in old.ids if name not in set(ids)]
            writer.remove(gone)
            self._counts["removed"] += len(gone)
        self._files[result.path] = KnownFile(
            result.path, file.size, file.mtime_ns, file.ctime_ns, file.inode, result.digest, ids, result.problems, result.checked_ns
        )

    @property
    def documents(self) -> int:
        """Count the documents that the catalogue knows."""
        return sum(len(file.ids) for file in self._files.values())

    def report(self) -> IndexReport:
        """Say what was done."""
        return IndexReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            removed=self._counts["removed"],
            skipped=self._skipped,
            failed=len(self._problems),
            problems=tuple(self._problems),
            vanished=tuple(source.path for source in self._vanished if not self._settings.prune),
        )


def _is_same(reader: Reader, document: AnalyzedDocument) -> bool:
    """Tell whether the index holds the very same document."""
    try:
        old = reader.stored([document.key])[0]
    except KeyError:
        return False
    facts = (old.title, old.language, old.date, old.line, old.metadata, old.length)
    new = (document.title, document.language, document.date, document.line, document.metadata, len(document.text))
    return facts == new and reader.text(document.key) == document.text
