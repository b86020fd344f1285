"""The power fails at any moment, and the disk keeps what it was told to keep, and of the rest what it likes."""

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from searchkit.engine import plan as nodes
from searchkit.engine.local import layout
from searchkit.engine.local.engine import LocalEngine
from searchkit.engine.local.storage import Disk
from tests.engine.disks import QuickDisk
from tests.engine.kit import Batch, commit

PLAN = nodes.Plan(nodes.Prefix("body_word_aa", ""))
SOAK = "SEARCHKIT_SOAK" in os.environ
FATES = ("nothing", "names", "the manifest", "some", "everything")  # of what was not synced


class PowerLost(BaseException):
    """Nobody can catch it."""


class ForgetfulDisk(Disk):
    """Remembers what is certain to be on the disk, and ends everything at a chosen change.

    What was written is certain once its file was synced, a name (made, renamed,
    removed) once its folder was.

    Args:
        folder: of the index.
        at: the change at which the power fails; 0 for never.
    """

    def __init__(self, folder: Path, at: int = 0) -> None:
        self._folder, self._at = folder, at
        self.count = 0
        self._paths: dict[int, Path] = {}
        self.sure: dict[str, bytes] = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
        self._synced = {path.stat().st_ino: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
        self._inodes: dict[str, int] = {}

    def _step(self) -> None:
        self.count += 1
        if self._at and self.count >= self._at:  # and nobody tidies up afterwards
            raise PowerLost

    def create(self, path: str) -> int:
        """Make a file that has nothing in it yet, for certain."""
        self._step()
        handle = super().create(path)
        self._paths[handle] = Path(path)
        self._synced[os.fstat(handle).st_ino] = b""
        return handle

    def write(self, handle: int, data: bytes | bytearray | memoryview) -> None:
        """Write half of it, fail or go on, and write the rest."""
        half = len(data) // 2
        super().write(handle, memoryview(data)[:half])
        self._step()
        super().write(handle, memoryview(data)[half:])

    def sync(self, handle: int) -> None:
        """Be certain of what a file holds."""
        self._step()
        status = os.fstat(handle)
        self._synced[status.st_ino] = self._paths[handle].read_bytes()

    def rename(self, old: str, new: str) -> None:
        """Rename a file."""
        self._step()
        super().rename(old, new)

    def remove(self, path: str) -> None:
        """Remove a name."""
        self._step()
        super().remove(path)

    def sync_folder(self, path: str) -> None:
        """Be certain of the names, each of which stands for the file that it has now."""
        self._step()
        if Path(path) == self._folder:
            self.sure = {each.name: b"" for each in self._folder.iterdir()}
            self._inodes = {each.name: each.stat().st_ino for each in self._folder.iterdir()}

    def left(self, fate: str, generator: random.Random) -> dict[str, bytes]:
        """Say what the disk holds after the power has come back."""
        certain = {name: self._synced.get(self._inodes.get(name, -1), data) for name, data in self.sure.items()}
        now = {path.name: path for path in self._folder.iterdir()}
        if fate == "everything":
            return {name: path.read_bytes() for name, path in now.items()}
        if fate == "nothing":
            return certain
        after: dict[str, bytes] = {}
        for name in {*certain, *now}:
            if fate == "some" and generator.choice([True, False]):
                if name in certain:
                    after[name] = certain[name]
            elif fate == "the manifest" and name != layout.MANIFEST:
                after.update({name: certain[name]} if name in certain else {})
            elif name in now:
                whole = now[name].read_bytes()
                kept = self._synced.get(now[name].stat().st_ino, whole)
                # The length may be on the disk without what was written.
                after[name] = kept + bytes(generator.choice([0, len(whole) - len(kept)]))
        return after


def generation(folder: Path, disk: Disk, number: int) -> None:
    """Write documents that say of which generation they are, and take some out."""
    batch = Batch()
    for each in range(12):
        batch.add(f"/{each}", f"generation{number} cat dog" + " bird" * (each + number))
    with LocalEngine(str(folder), disk=disk).writer(versions={"aa": 1}, memory_bytes=4_000) as writer:
        writer.add(batch.documents, batch.forms)
        writer.remove([("/3", "/3"), (f"/{4 + number}", f"/{4 + number}")])
        writer.blob("files", f"generation{number}".encode())
        writer.commit()


def told(folder: Path) -> object:
    """Give everything that an index answers."""
    reader = LocalEngine(str(folder)).reader()
    return reader.search(PLAN, limit=0), list(map(reader.text, reader.keys())), reader.blob("files")


def lose_power(base: Path, place: Path, at: int, fate: str, generator: random.Random) -> int:
    """Let the power fail while generation 2 is written, lay out in ``place`` what is left, and count the changes."""
    work = place.with_name("work")
    for folder in (work, place):
        for path in folder.iterdir() if folder.is_dir() else ():
            path.unlink()
        folder.mkdir(exist_ok=True)
    for path in base.iterdir():
        (work / path.name).write_bytes(path.read_bytes())
    disk = ForgetfulDisk(work, at)
    with suppress(PowerLost):
        generation(work, disk, 2)
    for name, data in disk.left(fate, generator).items():
        (place / name).write_bytes(data)
    return disk.count


@pytest.mark.parametrize("fate", FATES)
def test_the_index_survives_a_power_loss(tmp_path: Path, fate: str) -> None:
    """At each change: what comes back is the old state or the new one, sound, and the next run finishes."""
    base, place = tmp_path / "base", tmp_path / "place"
    generation(base, QuickDisk(), 0)
    generation(base, QuickDisk(), 1)
    before = told(base)
    generator = random.Random(fate)  # noqa: S311 -- a test, and the same every time
    count = lose_power(base, place, 0, fate, generator)
    after = told(place)
    assert after != before, "what was committed is certain, whatever the disk forgets"
    # The last changes are the switch: they are always tried.
    chosen = range(1, count + 1) if SOAK else sorted({*generator.sample(range(1, count + 1), 6), *range(count - 5, count + 1)})
    for at in chosen:
        lose_power(base, place, at, fate, generator)
        engine = LocalEngine(str(place), disk=QuickDisk())

        assert told(place) in (before, after), at
        assert [fault for fault in engine.verify() if not fault.harmless] == [], at
        commit(engine, Batch().add("/after", "cat"))
        assert engine.verify() == [], at


def test_a_first_index_is_committed_for_certain(tmp_path: Path) -> None:
    """Its folder has a name in the folder above, and that one has to be synced too."""
    synced: list[str] = []

    class Listening(QuickDisk):
        def sync_folder(self, path: str) -> None:
            synced.append(path)

    commit(LocalEngine(str(tmp_path / "deep" / "index"), disk=Listening()), Batch().add("/a", "cat"))

    index = str(tmp_path / "deep" / "index")
    assert synced[:2] == [str(tmp_path), str(tmp_path / "deep")]
    assert synced.count(index) == 2
    assert (tmp_path / "deep" / "index" / layout.MANIFEST).exists()
