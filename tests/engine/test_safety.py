"""What can go wrong with a folder of files, and is the index then still there?"""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from searchkit.engine import plan as nodes
from searchkit.engine.local import layout, manifest
from searchkit.engine.local.engine import LocalEngine
from searchkit.errors import (
    IndexDamagedError,
    IndexFormatError,
    IndexLockedError,
    IndexUnsafeError,
    SearchkitError,
    StorageError,
)
from tests.engine.disks import FailingDisk, QuickDisk
from tests.engine.kit import Batch, commit

PLAN = nodes.Plan(nodes.Prefix("body_word_aa", ""))


def made(folder: Path, disk: QuickDisk | None = None) -> LocalEngine:
    """Make an index of two segments, deletions, a blob, and a generation before."""
    engine = LocalEngine(str(folder), disk=disk or QuickDisk())
    batch = Batch()
    for number in range(40):
        batch.add(f"/{number}", f"cat number{number} Haus\nwell-known dog", title="sunxlight")
    commit(engine, batch)
    with engine.writer(versions={"aa": 1}) as writer:
        more = Batch().add("/x", "bird")
        writer.add(more.documents, more.forms)
        writer.remove([("/3", "/3"), ("/4", "/4")])
        writer.blob("files", b"some bytes of the caller" * 10)
        writer.commit()
    return engine


def answers(engine: LocalEngine) -> object:
    """Give what a state answers."""
    reader = engine.reader()
    return reader.search(PLAN, limit=0), list(map(reader.text, reader.keys())), reader.blob("files")


def named(folder: Path) -> list[Path]:
    """Give the files of the index, without the lock."""
    return sorted(path for path in folder.iterdir() if layout.is_ours(path.name))


def test_verify_finds_every_flipped_bit(tmp_path: Path) -> None:
    """In any of our files, at any place; it names the file."""
    engine = made(tmp_path)
    assert engine.verify() == []
    generator = random.Random(1)  # noqa: S311 -- a test, and the same every time
    for path in named(tmp_path):
        whole = path.read_bytes()
        for place in {0, len(whole) - 1, *generator.sample(range(len(whole)), min(len(whole), 12))}:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << generator.randrange(8)
            path.write_bytes(damaged)

            assert path.name in {fault.file for fault in engine.verify()}, (path.name, place)
        path.write_bytes(whole)
    assert engine.verify() == []


def test_verify_finds_every_truncation_and_addition(tmp_path: Path) -> None:
    """Also a file that is gone, or longer."""
    engine = made(tmp_path)
    current = set(json.loads((tmp_path / layout.MANIFEST).read_bytes())["files"]) | {layout.MANIFEST}
    for path in named(tmp_path):
        whole = path.read_bytes()
        for damaged in (whole[:-1], whole[: len(whole) // 2], b"", whole + b"\0"):
            path.write_bytes(damaged)

            assert path.name in {fault.file for fault in engine.verify()}, (path.name, len(damaged))
        path.unlink()
        if path.name in current - {layout.MANIFEST}:
            assert path.name in {fault.file for fault in engine.verify()}
        path.write_bytes(whole)
    assert engine.verify() == []


def test_a_damaged_block_is_found_when_it_is_touched(tmp_path: Path) -> None:
    """No search answers from bytes that are not what was written; a rebuild gets out of it."""
    engine = made(tmp_path)
    before = answers(engine)
    generator = random.Random(2)  # noqa: S311
    for path in named(tmp_path):
        if path.suffix != ".segment":
            continue
        whole = path.read_bytes()
        for place in generator.sample(range(len(whole)), 25):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << generator.randrange(8)
            path.write_bytes(damaged)
            try:
                assert answers(engine) == before
            except IndexDamagedError as error:
                assert error.path == str(path)  # noqa: PT017 -- either is right
        path.write_bytes(whole[:-5])
        with pytest.raises(IndexDamagedError, match="expected"):
            engine.reader()
        path.write_bytes(whole)

    for path in named(tmp_path):
        path.write_bytes(b"rubbish")
    with pytest.raises(IndexDamagedError):
        commit(engine)
    with engine.writer(versions={}, rebuild=True) as writer:
        batch = Batch().add("/new", "cat")
        writer.add(batch.documents, batch.forms)
        writer.commit()
    assert engine.reader().keys() == [("/new", "/new")]
    assert [fault for fault in engine.verify() if not fault.harmless] == []


def test_the_blob_can_be_had_from_a_damaged_index(tmp_path: Path) -> None:
    """A rebuild needs to know the sources."""
    engine = made(tmp_path)
    for path in tmp_path.glob("*.segment"):
        path.unlink()

    with pytest.raises(IndexDamagedError, match="missing"):
        engine.reader()
    assert engine.blob("files") == b"some bytes of the caller" * 10
    assert engine.blob("other") is None


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("half", [False, True])
def test_a_failing_disk_leaves_the_index_as_it_was(tmp_path: Path, error: int, *, half: bool) -> None:
    """Each change in turn fails, among them the first write and the last rename."""
    made(tmp_path / "index")
    before = answers(LocalEngine(str(tmp_path / "index")))
    at = 0
    while True:
        at += 1
        disk = FailingDisk(at, error, half=half)
        engine = LocalEngine(str(tmp_path / "index"), disk=disk)
        batch = Batch()
        for number in range(30):
            batch.add(f"/{number}", "cat and dog")
        try:
            commit(engine, batch, memory_bytes=30_000)
        except StorageError:
            assert [fault for fault in engine.verify() if not fault.harmless] == []
            if disk.switched:
                # The switch had happened when the folder could not be synced: the new state stands.
                assert answers(engine) != before
                break
            assert answers(engine) == before
            assert engine.verify() == [], "nothing is left behind"
            continue
        break
    assert at > 10
    commit(LocalEngine(str(tmp_path / "index"), disk=QuickDisk()), Batch().add("/after", "cat"))
    assert LocalEngine(str(tmp_path / "index")).verify() == []


def test_a_failed_run_cannot_be_committed(tmp_path: Path) -> None:
    """Half of it would be missing."""
    engine = LocalEngine(str(tmp_path), disk=FailingDisk(2))
    batch = Batch().add("/a", "cat").add("/b", "dog")
    with engine.writer(versions={}, memory_bytes=1) as writer:
        with pytest.raises(StorageError):
            writer.add(batch.documents, batch.forms)
        with pytest.raises(ValueError, match="failed"):
            writer.commit()

    assert not engine.exists()


KILLED = """
import sys, time
from searchkit.engine.local.engine import LocalEngine
from tests.engine.kit import Batch, commit
engine = LocalEngine(sys.argv[1])
for number in range(1000):
    batch = Batch()
    for document in range(20):
        batch.add(f"/{document}", f"generation{number} cat dog bird" * 20)
    commit(engine, batch, memory_bytes=60_000)
    if not number:
        print("ready", flush=True)
"""


def test_a_killed_writer_leaves_a_whole_generation(tmp_path: Path) -> None:
    """At whatever moment; all documents are of one run, and the next writer cleans up."""
    folder = str(tmp_path / "index")
    for delay in (0.02, 0.11, 0.23):
        with subprocess.Popen([sys.executable, "-c", KILLED, folder], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        engine = LocalEngine(folder, disk=QuickDisk())

        reader = engine.reader()
        assert len({text.split(" ")[0] for text in map(reader.text, reader.keys())}) == 1
        assert len(reader.keys()) == 20
        assert [fault for fault in engine.verify() if not fault.harmless] == []
        with engine.writer(versions={}) as writer:
            writer.commit()
        assert engine.verify() == []


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    """The second one is told who writes; the lock dies with its holder, not with its file."""
    engine = LocalEngine(str(tmp_path), disk=QuickDisk())
    with engine.writer(versions={}):
        with pytest.raises(IndexLockedError) as caught:
            engine.writer(versions={}, lock_timeout_seconds=0.1)
        assert caught.value.holder == f"process {os.getpid()}"
    (tmp_path / layout.LOCK).write_text("12345")

    with engine.writer(versions={}, lock_timeout_seconds=0.0) as writer:
        writer.commit()

    assert engine.exists()


def test_a_forked_worker_does_not_hold_the_lock(tmp_path: Path) -> None:
    """It may outlive us."""
    engine = LocalEngine(str(tmp_path), disk=QuickDisk())
    writer = engine.writer(versions={})
    child = os.fork()
    if not child:
        time.sleep(30)
        os._exit(0)
    try:
        writer.__exit__(None, None, None)
        engine.writer(versions={}, lock_timeout_seconds=0.0).__exit__(None, None, None)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_strangers_files_are_left_alone(tmp_path: Path) -> None:
    """Notes, an ignore file, names nearly ours; they are no fault either."""
    strange = [".gitignore", "notes.txt", "MAIN_0123.segment", "searchkit.json.bak", "searchkit-1.blob", "MAIN_0123456789abcdef.seg"]
    for name in strange:
        (tmp_path / name).write_text("mine")

    engine = made(tmp_path)
    commit(engine, Batch().add("/y", "dog"))

    assert all((tmp_path / name).read_text() == "mine" for name in strange)
    assert engine.verify() == []


def test_leftovers_are_no_fault_and_are_swept(tmp_path: Path) -> None:
    """What an interrupted write left behind, and the generation before the last."""
    engine = made(tmp_path)
    left = tmp_path / layout.segment_name("0123456789abcdef")
    left.write_bytes(b"half")
    assert [(fault.file, fault.harmless) for fault in engine.verify()] == [(left.name, True)]

    with engine.writer(versions={"aa": 1}) as writer:
        writer.commit()

    assert engine.verify() == []
    for number in range(6):
        commit(engine, Batch().add(f"/{number}", "cat"))
    body = json.loads((tmp_path / layout.MANIFEST).read_bytes())
    assert {path.name for path in named(tmp_path)} == {layout.MANIFEST, *body["files"], *body["previous"]}
    assert engine.reader().statistics().segments <= 4


def test_a_read_only_folder_can_be_searched(tmp_path: Path) -> None:
    """Readers write nothing."""
    engine = made(tmp_path / "index")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    os.chmod(tmp_path / "index", 0o500)
    try:
        assert engine.reader().keys()
        assert engine.verify() == []
    finally:
        os.chmod(tmp_path / "index", 0o700)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()} == before


def resealed(folder: Path, change: dict[str, object]) -> None:
    """Change the manifest and make its checksum right again."""
    path = folder / layout.MANIFEST
    body = json.loads(path.read_bytes())
    del body["check"]
    body.update(change)

    def encoded(value: dict[str, object]) -> bytes:
        return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()

    path.write_bytes(encoded({**body, "check": zlib.crc32(encoded(body))}))


def test_another_format_is_told_apart_from_damage(tmp_path: Path) -> None:
    """The hint is to rebuild; a rebuild does."""
    engine = made(tmp_path)
    resealed(tmp_path, {"format": 99})

    with pytest.raises(IndexFormatError, match="99"):
        engine.reader()
    with engine.writer(versions={}, rebuild=True) as writer:
        writer.commit()
    assert engine.reader().keys() == []


def test_a_manifest_that_points_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """As a name with a slash, as a link, as something that is no file."""
    engine = made(tmp_path / "index")
    folder = tmp_path / "index"
    segment = next(folder.glob("*.segment"))
    outside = tmp_path / "outside"
    segment.rename(outside)
    segment.symlink_to(outside)
    with pytest.raises(IndexUnsafeError, match="link"):
        engine.reader()
    segment.unlink()
    os.mkfifo(segment)
    with pytest.raises(IndexUnsafeError, match="plain file"):
        engine.reader()
    segment.unlink()
    outside.rename(segment)
    resealed(
        folder,
        {
            "blobs": {"files": "../outside"},
            "files": {"../outside": [0, ""], **json.loads((folder / layout.MANIFEST).read_bytes())["files"]},
        },
    )
    with pytest.raises(IndexUnsafeError, match="outside"):
        engine.reader()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"check": 1}', b'{"check": "x", "format": 1}', b"\xff\xfe", b"{}" * 1000])
def test_rubbish_for_a_manifest_is_damage(tmp_path: Path, damage: bytes) -> None:
    """Never a traceback."""
    engine = made(tmp_path)
    (tmp_path / layout.MANIFEST).write_bytes(damage)

    with pytest.raises(SearchkitError):
        engine.reader()
    assert engine.verify()[0].file == layout.MANIFEST


def test_another_users_index_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it is trusted; root's is all right."""
    engine = made(tmp_path)
    owner = os.stat(tmp_path).st_uid
    if owner == 0:
        os.chown(next(tmp_path.glob("*.segment")), 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)

    with pytest.raises(IndexUnsafeError, match="belongs to user"):
        engine.reader()
    assert LocalEngine(str(tmp_path), trust=True).reader().keys()


def test_a_reader_finds_its_way_while_writers_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has gone means that there is a newer manifest."""
    engine = made(tmp_path)
    read = manifest.read
    calls: list[int] = []

    def slowly(folder: str, *, trust: bool = False, any_format: bool = False) -> object:
        found = read(folder, trust=trust, any_format=any_format)
        if not calls:
            calls.append(1)
            for number in range(4):
                commit(engine, Batch().add("/z", f"cat{number}"), remove=[(f"/{other}", f"/{other}") for other in range(40)])
        return found

    monkeypatch.setattr(manifest, "read", slowly)
    reader = LocalEngine(str(tmp_path)).reader()

    assert reader.text(("/z", "/z")) == "cat3"


def test_segments_stay_few(tmp_path: Path) -> None:
    """A hundred small commits make no hundred segments, and no answer changes."""
    engine = LocalEngine(str(tmp_path), disk=QuickDisk())
    for number in range(60):
        commit(engine, Batch().add(f"/{number:02}", "cat " * (1 + number % 3)))

    statistics = engine.reader().statistics()

    assert (statistics.documents, statistics.generation) == (60, 60)
    assert statistics.segments < 4
    assert engine.verify() == []
