"""How does a writing run become the next generation?

Documents are held, written out as segments when memory is full, and made
visible by one rename: data and its fsync, Whoosh's table of contents, the
manifest, the folder.  What is committed is never changed; deletions of older
segments are new small files.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from searchkit.engine.contract import AnalyzedDocument, Form, Key
from searchkit.engine.local import layout
from searchkit.engine.local.blobs import write_blob
from searchkit.engine.local.building import SegmentBuilder
from searchkit.engine.local.columns import key_hash
from searchkit.engine.local.lock import WriteLock
from searchkit.engine.local.manifest import Manifest, SegmentEntry, dump
from searchkit.engine.local.merge import merge
from searchkit.engine.local.policy import to_merge
from searchkit.engine.local.segment import Segment, open_segment
from searchkit.engine.local.storage import ContainerWriter, Disk, FileFact, FileWriter
from searchkit.engine.local.sweeping import sweep
from searchkit.engine.local.vectors import write_dead
from searchkit.errors import IndexDamagedError, StorageError
from searchkit.typed import Self

MERGED_SHARE = 4  # of the memory: the largest segment that is made; merging holds a fifth of it, the columns of its documents


class Part:
    """A segment of the generation in the making, with the deletions so far."""

    def __init__(self, segment: Segment, entry: SegmentEntry) -> None:
        self.segment = segment
        self.entry = entry
        self.changed = False

    def kill(self, key: Key) -> bool:
        """Mark the live document with this key dead; False if there is none."""
        for row in self.segment.documents.find(key):
            if self.segment.is_live(row):
                self.segment.kill(row)
                self.changed = True
                return True
        return False


class LocalWriter:
    """One writing run; see ``contract.Writer``.  It takes over the lock.

    Args:
        folder: of the index.
        base: the generation to go on from.
        claimed: the folder is ours, though its manifest cannot be read.
        fresh: start from nothing; ``base`` then only tells the number and the files to keep.
        lock: held; freed by ``__exit__``.
        disk: where changes go.
        versions, memory_bytes: as ``Engine.writer`` says.
        trust: whether files of other users are all right.
    """

    def __init__(
        self,
        folder: str,
        base: Manifest,
        *,
        fresh: bool,
        claimed: bool,
        lock: WriteLock,
        disk: Disk,
        versions: dict[str, int],
        memory_bytes: int,
        trust: bool,
    ) -> None:
        self._folder = folder
        self._base = base
        self._fresh = fresh
        self._claimed = claimed
        self._lock = lock
        self._disk = disk
        self._versions = dict(versions)
        self._memory_bytes = memory_bytes
        self._trust = trust
        self._builder = SegmentBuilder()
        self._files: dict[str, FileFact] = {}
        self._made: list[str] = []
        self._blobs: dict[str, bytes] = {}
        self._failed = False
        self._hashes: set[int] | None = None
        self._parts = [] if fresh else [self._opened(entry, base) for entry in base.segments]

    def _opened(self, entry: SegmentEntry, manifest: Manifest) -> Part:
        try:
            return Part(open_segment(self._folder, entry, manifest, trust=self._trust), entry)
        except FileNotFoundError as error:
            raise IndexDamagedError(error.filename, "it is missing") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Drop what was not committed and free the lock."""
        self._drop()
        for part in self._parts:
            part.segment.close()
        self._lock.release()

    def add(self, documents: Iterable[AnalyzedDocument], forms: Sequence[Form]) -> None:
        """Take documents; a key that is live is replaced."""
        for document in documents:
            self._kill(document.key)
            self._builder.add(document, forms)
            if self._builder.size_bytes > self._memory_bytes:
                self._flush()

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out."""
        for key in keys:
            if not self._builder.remove(key):
                self._kill(key)

    def _kill(self, key: Key) -> None:
        if self._hashes is None:
            self._hashes = set()
            for part in self._parts:
                self._hashes.update(part.segment.documents.column("key_hash").tolist())
        if key_hash(key) not in self._hashes:
            return  # most keys are new: a set says so without a look into every segment
        for part in reversed(self._parts):
            if part.kill(key):
                return

    def blob(self, name: str, data: bytes) -> None:
        """Keep a caller's own data with the next commit."""
        self._blobs[name] = bytes(data)

    def commit(self) -> None:
        """Make everything visible at once, durably."""
        if self._failed:
            raise ValueError("this run has failed: begin another one")
        ours = self._base.named
        with self._door():
            self._flush()
            blobs = self._changed_blobs()
            if not (self._fresh or self._made or blobs or any(part.changed for part in self._parts)):
                return
            self._merge()
            manifest = self._written(blobs)
            self._switch(manifest)
        try:
            self._parts = [self._opened(entry, manifest) for entry in manifest.segments]
            sweep(self._disk, self._folder, manifest, claimed=self._claimed, ours=ours)
        except OSError:
            self._failed = True  # it is committed all the same: only this run cannot go on, and the next one sweeps

    @contextmanager
    def _door(self) -> Iterator[None]:
        """Turn what the operating system says to an error of ours, and remove what was begun."""
        try:
            yield
        except OSError as error:
            self._failed = True
            self._drop()
            raise StorageError(str(error.filename or self._folder), error.strerror or str(error)) from error
        except BaseException:
            self._failed = True
            self._drop()
            raise

    def _drop(self) -> None:
        """Remove what was written and is not part of a generation."""
        for name in self._made:
            try:
                self._disk.remove(os.path.join(self._folder, name))
            except OSError:
                continue  # the next writer sweeps it
        self._made = []
        self._files = {}
        self._builder = SegmentBuilder()

    def _new(self, name: str) -> str:
        """Note that a file is being written and give its path."""
        self._made.append(name)
        return os.path.join(self._folder, name)

    def _flush(self) -> None:
        """Write the held documents out as a segment."""
        if len(self._builder):
            with self._door():
                self._add_segment(self._builder.write)
        self._builder = SegmentBuilder()

    def _add_segment(self, write: Callable[[ContainerWriter], dict[str, object]]) -> None:
        unique = layout.new_id()
        name = layout.segment_name(unique)
        writer = ContainerWriter(self._disk, self._new(name))
        try:
            facts = write(writer)
            self._files[name] = writer.finish(facts)
        finally:
            writer.abandon()
        entry = SegmentEntry(unique, int(str(facts["documents"])), 0, "")
        part = self._opened(entry, Manifest(files=self._files))
        self._parts.append(part)
        if self._hashes is not None:
            self._hashes.update(part.segment.documents.column("key_hash").tolist())

    def _merge(self) -> None:
        """Drop dead segments, and put segments together as the policy says."""
        self._parts = [part for part in self._parts if part.segment.live_count]
        while chosen := to_merge(
            [(self._size(part), part.segment.live_count / part.segment.count) for part in self._parts], MERGED_SHARE * self._memory_bytes
        ):
            parts = [self._parts[index] for index in chosen]
            self._parts = [part for part in self._parts if part not in parts]
            self._add_segment(partial(merge, segments=[part.segment for part in parts]))

    def _size(self, part: Part) -> int:
        name = layout.segment_name(part.entry.id)
        return (self._files.get(name) or self._base.files[name]).length

    def _changed_blobs(self) -> dict[str, bytes]:
        """Give the blobs that are not what stands in the generation before."""
        import hashlib

        held = {} if self._fresh else {name: self._base.files[file].sha256 for name, file in self._base.blobs.items()}
        return {name: data for name, data in self._blobs.items() if held.get(name) != hashlib.sha256(data).hexdigest()}

    def _written(self, blobs: dict[str, bytes]) -> Manifest:
        """Write everything but the manifest and give what it will say."""
        base = self._base
        names = {} if self._fresh else dict(base.blobs)
        for name, data in blobs.items():
            names[name] = layout.blob_name(layout.new_id())
            self._files[names[name]] = write_blob(self._disk, self._new(names[name]), data)
        entries = [self._entry(part) for part in self._parts]
        wanted = [*map(layout.segment_name, (entry.id for entry in entries)), *(entry.dead_file for entry in entries), *names.values()]
        files = {name: self._files.get(name) or base.files[name] for name in wanted if name}
        from searchkit.engine.local.whoosh_writer import toc_bytes, whoosh_version

        manifest = Manifest(
            generation=base.generation + 1,
            segments=tuple(entries),
            fields=tuple(sorted({field for part in self._parts for field in part.segment.fields})),
            files=files,
            previous=base.files,
            blobs=names,
            versions=self._kept_versions(),
            updated=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            whoosh=whoosh_version(),
        )
        toc = layout.toc_name(manifest.generation)
        fact = self._replace(toc, toc_bytes(manifest))
        return manifest._replace(files={**files, toc: fact})

    def _kept_versions(self) -> dict[str, int]:
        """Give the analyser versions; where documents of an older one are left, the older one, so that nobody takes the mixture for new."""
        old = {} if self._fresh or not any(part.segment.live_count for part in self._parts) else self._base.versions
        return {**self._versions, **old}

    def _entry(self, part: Part) -> SegmentEntry:
        """Write the deletions of a segment, if there are new ones, and describe it."""
        if not part.changed:
            return part.entry
        name = layout.dead_name(part.entry.id, layout.new_id())
        self._files[name] = write_dead(self._disk, self._new(name), part.segment)
        return SegmentEntry(part.entry.id, part.segment.count, part.segment.count - part.segment.live_count, name)

    def _replace(self, name: str, data: bytes) -> FileFact:
        """Write a file beside its place, wait for the disk, and put it there."""
        file = FileWriter(self._disk, self._new(f"{name}.new"))
        try:
            file.write(data)
            fact = file.finish()
        finally:
            file.abandon()
        self._disk.rename(file.path, os.path.join(self._folder, name))
        self._made.append(name)
        return fact

    def _switch(self, manifest: Manifest) -> None:
        """Put the manifest in place; from here on nothing of the new generation may be removed."""
        self._disk.sync_folder(self._folder)
        name = f"{layout.MANIFEST}.new"
        file = FileWriter(self._disk, self._new(name))
        try:
            file.write(dump(manifest))
            file.finish()
        finally:
            file.abandon()
        self._disk.rename(file.path, os.path.join(self._folder, layout.MANIFEST))
        self._base, self._fresh = manifest, False
        self._made, self._files, self._blobs = [], {}, {}
        try:
            self._disk.sync_folder(self._folder)
        except OSError as error:
            self._failed = True
            hint = "the index is up to date, but a power loss may still undo this: run it again"
            raise StorageError(self._folder, error.strerror or str(error), hint=hint) from error
