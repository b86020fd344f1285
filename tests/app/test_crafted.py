"""Indexes that somebody made to harm who opens them: every one is refused or answered, in time and room, and runs nothing."""

import json
import os
import pickle
import random
import resource
import shutil
import socket
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest

from searchkit.app.index import Index
from searchkit.engine.local import layout
from searchkit.engine.local.coded import WINDOW
from searchkit.errors import IndexUnsafeError, SearchkitError
from tests.app.conftest import TEXTS
from tests.engine.forger import Body, Contents, dumped, forge_container, forge_file, forge_manifest, sealed

SOAK = "SEARCHKIT_SOAK" in os.environ
QUERIES = ("Windkraft", "university", '"signed a memorandum"', "университета", "협력", "univers*", "universty", "-trade", "*e*", "trade~1")
TIMES, MEGABYTES = 20, 300  # as long as an honest index takes at that moment: seconds depend on who else uses the machine


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an honest index of two segments and a dead document, once."""
    place = tmp_path_factory.mktemp("crafted")
    texts = place / "texts"
    texts.mkdir()
    for name, text in TEXTS.items():
        (texts / name).write_text(text, "utf-8")
    with Index(place / "index") as index:
        index.update(texts, jobs=1)
        (texts / "en.txt").write_text("The universities trade less. They signed a memorandum.\n", "utf-8")
        index.update(jobs=1)
    return place / "index"


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    """Make a copy of it, to be forged."""
    return Path(shutil.copytree(base, tmp_path / "index"))


def segment(folder: Path) -> Path:
    """Give the larger segment."""
    return max(folder.glob("*.segment"), key=lambda path: path.stat().st_size)


def within(change: Callable[[Contents], None], name: str = "*.segment") -> Callable[[Path], None]:
    """Forge a container."""
    return lambda folder: forge_container(max(folder.glob(name), key=lambda path: path.stat().st_size), change)


def told(change: Callable[[Body], None]) -> Callable[[Path], None]:
    """Forge the manifest."""
    return lambda folder: forge_manifest(folder, change)


def numbers(name: str, value: int) -> Callable[[Contents], None]:
    """Let an array hold nothing but one number, as large as its type has it."""

    def change(contents: Contents) -> None:
        width = {"|u1": 1, "<u1": 1, "<u2": 2, "<u4": 4, "<u8": 8}[contents.kinds[name]]
        contents.arrays[name] = (value % (1 << 8 * width)).to_bytes(width, "little") * (len(contents.arrays[name]) // width)

    return change


@lru_cache
def inflating() -> bytes:
    """Give some hundred kilobytes that inflate to 512 MB."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 << 9)) + packer.flush()


def ended(name: str) -> Callable[[Contents], None]:
    """Let a list of terms say that it has none."""

    def change(contents: Contents) -> None:
        width = int(contents.kinds[f"{name}.at"][2:])
        contents.arrays[f"{name}.at"] = contents.arrays[f"{name}.at"][:-width] + bytes(width)

    return change


def bomb(name: str) -> Callable[[Contents], None]:
    """Let a stream of blocks be one that inflates without end."""

    def change(contents: Contents) -> None:
        data = inflating()
        contents.arrays[f"{name}.blocks"] = data
        at = "bytes" if f"{name}.bytes" in contents.arrays else "at"
        rest = [] if at == "bytes" else [3]
        contents.kinds[f"{name}.{at}"] = "<u8"
        contents.arrays[f"{name}.{at}"] = struct.pack(f"<{2 + len(rest)}Q", 0, len(data), *rest)

    return change


def records(value: int) -> Callable[[Contents], None]:
    """Let the records of a field hold nothing but one byte, well coded."""

    def change(contents: Contents) -> None:
        name = "body_word_de/postings"
        bounds = np.frombuffer(contents.arrays[f"{name}.at"], contents.kinds[f"{name}.at"]).tolist()
        sizes = [len(zlib.decompress(contents.arrays[f"{name}.blocks"][low:high], WINDOW)) for low, high in pairwise(bounds)]
        coders = [zlib.compressobj(1, zlib.DEFLATED, WINDOW) for _ in sizes]
        blocks = [coder.compress(bytes([value]) * size) + coder.flush() for coder, size in zip(coders, sizes, strict=True)]
        contents.arrays[f"{name}.blocks"] = b"".join(blocks)
        contents.arrays[f"{name}.at"] = struct.pack(f"<{len(blocks) + 1}Q", *accumulate(map(len, blocks), initial=0))
        contents.kinds[f"{name}.at"] = "<u8"

    return change


def wide(name: str, kind: str = "<u8") -> Callable[[Contents], None]:
    """Say that numbers are of another type."""

    def change(contents: Contents) -> None:
        contents.kinds[name] = kind
        contents.arrays[name] += bytes(-len(contents.arrays[name]) % 8)

    return change


def placed(start: object, length: object) -> Callable[[Contents], None]:
    """Say that an array lies elsewhere."""
    return lambda contents: contents.places.update({"rank": (start, length)})


def fact(name: str, value: object) -> Callable[[Contents], None]:
    """Replace a fact of the directory."""
    return lambda contents: contents.facts.update({name: value})


class Payload:
    """Leaves a trace where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("unpickled",)


def pickled(folder: Path) -> None:
    """Put a pickle wherever a file may be."""
    data = pickle.dumps(Payload())
    for path in folder.iterdir():
        if path.suffix in {".toc", ".blob", ".dead"}:
            forge_file(folder, path.name, data)


def pickled_manifest(folder: Path) -> None:
    """Put one in place of the manifest."""
    (folder / layout.MANIFEST).write_bytes(pickle.dumps(Payload()))


def outside(folder: Path) -> None:
    """Name a file that lies elsewhere."""
    (folder.parent / "secret").write_text("what nobody should read")
    forge_manifest(folder, lambda body: body["files"].update({"../secret": [6, ""]}))
    forge_manifest(folder, lambda body: body["blobs"].update({"catalog": "../secret"}))


def linked(folder: Path) -> None:
    """Let a segment be a link out of the folder."""
    path = segment(folder)
    path.rename(folder.parent / "elsewhere")
    path.symlink_to("../elsewhere")


def circular(folder: Path) -> None:
    """Let two names be links to each other."""
    path = segment(folder)
    path.unlink()
    path.symlink_to("MAIN_other")
    (folder / "MAIN_other").symlink_to(path.name)


def special(make: Callable[[str], object]) -> Callable[[Path], None]:
    """Let a segment be no file at all."""

    def forge(folder: Path) -> None:
        path = segment(folder)
        path.unlink()
        make(str(path))

    return forge


def _socket(path: str) -> None:
    here = os.getcwd()
    os.chdir(os.path.dirname(path))
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(os.path.basename(path))
    os.chdir(here)


def of_another(folder: Path) -> None:
    """Give a file to somebody else."""
    if os.geteuid():
        pytest.skip("only root can give files away")
    os.chown(segment(folder), 12345, -1)


def deep(folder: Path) -> None:
    """Nest the manifest without end."""
    (folder / layout.MANIFEST).write_bytes(b'{"check":1,"format":' + b"[" * 200_000 + b"]" * 200_000 + b"}")


def deep_directory(folder: Path) -> None:
    """Nest the directory of a segment."""
    forge_file(folder, segment(folder).name, sealed(b"", b"", b"[" * 100_000))


def huge(folder: Path) -> None:
    """Let the manifest have a terabyte (of holes)."""
    os.truncate(folder / layout.MANIFEST, 1 << 40)


def false_lengths(folder: Path) -> None:
    """Say that a segment's parts are longer than any file."""
    forge_file(folder, segment(folder).name, sealed(bytes(64), bytes(4), b"{}", ((1 << 63) + 5, 4, (1 << 63) - 3)))


def spoken(folder: Path) -> None:
    """Say what acts on a terminal, and what is no number."""
    text = (folder / layout.MANIFEST).read_text()
    body = json.loads(text)
    body["updated"] = "\x1b]0;owned\x07\x1b[2J\u202e"
    body["versions"] = {"\x1b[31m": 1}
    (folder / layout.MANIFEST).write_bytes(dumped(body))


CRAFTED: dict[str, Callable[[Path], None]] = {
    "pickles": pickled,
    "a pickled manifest": pickled_manifest,
    "a path out of the folder": outside,
    "a link out of the folder": linked,
    "links in a circle": circular,
    "a pipe": special(os.mkfifo),
    "a socket": special(_socket),
    "a folder for a file": special(os.mkdir),
    "a device": special(lambda path: os.symlink("/dev/zero", path)),
    "somebody else's file": of_another,
    "a deep manifest": deep,
    "a deep directory": deep_directory,
    "a manifest of a terabyte": huge,
    "lengths beyond the file": false_lengths,
    "escapes in the manifest": spoken,
    "not a number": told(lambda body: body.update(generation=float("nan"))),
    "infinity": told(lambda body: body.update(versions={"en": float("inf")})),
    "a negative generation": told(lambda body: body.update(generation=-1)),
    "a huge generation": told(lambda body: body.update(generation=10**400)),
    "segments that are none": told(lambda body: body.update(segments=[["../../etc/passwd", 1, 0, ""]])),
    "the same segment a thousand times": told(lambda body: body.update(segments=body["segments"] * 1000)),
    "unknown keys": told(lambda body: body.update(__class__="x")),
    "a negative offset": within(placed(-8, 16)),
    "an offset beyond": within(placed(1 << 62, 8)),
    "no offset": within(placed("0", None)),
    "overlapping arrays": within(placed(0, 8)),
    "a bomb of texts": within(bomb("texts")),
    "a bomb of records": within(bomb("records")),
    "a bomb of paths": within(bomb("paths")),
    "a bomb of terms": within(bomb("body_word_de/terms")),
    "huge numbers": within(numbers("length", -1)),
    "huge starts": within(numbers("text_start", -1)),
    "paths beyond": within(numbers("path", -1)),
    "ranks beyond": within(numbers("rank", -1)),
    "chunks beyond": within(numbers("chunk_at", -1)),
    "ids of nothing": within(ended("id")),
    "records beyond": within(numbers("record_start", -1)),
    "postings of nonsense": within(numbers("body_word_de/postings.blocks", -1)),
    "postings beyond": within(numbers("body_word_de/postings.at", -1)),
    "postings of one byte": within(records(255)),
    "postings of zeros": within(records(0)),
    "a bomb of postings": within(bomb("body_word_de/postings")),
    "another type": within(wide("rank")),
    "a type of objects": within(wide("rank", "|O")),
    "facts that are none": within(fact("texts", [1])),
    "facts without end": within(fact("fields", ["body_word_xx"] * 1000)),
    "all dead and more": within(numbers("dead", -1), "*.dead"),
}


def used(folder: Path) -> tuple[float, "subprocess.CompletedProcess[str]"]:
    """Use an index in every way, in a process with limits; give the seconds of processor time."""
    code = (
        "import os, sys, json, resource\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({1 << 31}, {1 << 31}))\n"
        "from searchkit.__main__ import main\n"
        "index, queries = sys.argv[1], json.loads(sys.argv[2])\n"
        "for command in (*(['search', '-n', '0', '--format', 'json', query.replace('-', 'NOT ')] for query in queries), \n"
        "        ['search', '--explain', 'trade'],\n"
        "        ['search', '--sort', 'date', 'Windkraft'], ['status'], ['show', 'x'], ['verify'], ['index', '--jobs', '1']):\n"
        "    sys.argv[1:] = ['--index', index, *command]\n"
        "    print(main(), command, flush=True)\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10\n"
        "print('peak', peak, flush=True)\n"
    )
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), json.dumps(QUERIES)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=folder.parent,
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began, done


def harm(folder: Path, honest: float) -> str:
    """Give what went wrong with a forged index, or ""; an honest one takes so many seconds."""
    seconds, done = used(folder)
    if done.returncode or "peak" not in done.stdout:
        return f"status {done.returncode}: {done.stderr[-300:]}"
    for sign in ("Traceback", "internal error", "\x1b", "nobody should", "out of memory"):
        if sign in done.stdout + done.stderr:
            return f"{sign!r}: {done.stderr[-300:]}"
    peak = int(done.stdout.rsplit("peak", 1)[1])
    if seconds > TIMES * honest or peak > MEGABYTES:
        return f"{seconds:.1f} s, an honest index {honest:.1f} s; {peak} MB"
    return ", ".join(path.name for path in folder.parent.iterdir() if path.name == "unpickled")


@pytest.mark.parametrize("name", CRAFTED if SOAK else sorted(random.Random(5).sample(sorted(CRAFTED), 5)))  # noqa: S311
def test_a_crafted_index_does_no_harm(folder: Path, name: str) -> None:
    """Nothing runs, nothing is read outside, no traceback, no flood."""
    honest, _ = used(folder)
    CRAFTED[name](folder)

    assert harm(folder, honest) == ""


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_index_is_refused_or_answered(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an error of ours, that says why; and verify finds whatever a search refuses."""
    monkeypatch.chdir(folder.parent)
    CRAFTED[name](folder)

    reason = ""
    try:
        with Index(folder) as index:
            for query in QUERIES[:6]:
                index.search(query, limit=3)
            index.status()
    except SearchkitError as error:
        reason = error.message
        assert "\n" not in reason
    try:
        found = [fault for fault in Index(folder).verify() if not fault.harmless]
    except IndexUnsafeError:
        assert reason  # refused by both
    else:
        assert found or not reason, reason
    assert not Path("unpickled").exists()


@pytest.mark.parametrize("name", ["date", "line", "record_size", "chunk_line", "chunk_widths"])
def test_verify_names_a_column_that_is_too_short(folder: Path, name: str) -> None:
    """No search may ever ask for the documents at its end."""
    within(lambda contents: contents.arrays.update({name: contents.arrays[name][:-4]}))(folder)

    with Index(folder) as index:
        assert [fault for fault in index.verify() if not fault.harmless]


@pytest.mark.parametrize("name", ["widths.chars", "widths.bytes", "texts.chars", "chunk_at", "body_stem_de/terms.first"])
def test_verify_names_an_array_that_holds_nothing(folder: Path, name: str) -> None:
    """Many lookups take what is there of it, where a few ask for more than there is."""
    path = next(path for path in folder.glob("*.segment") if name in Contents(path).arrays)
    forge_container(path, lambda contents: contents.arrays.update({name: b""}))

    with Index(folder) as index:
        assert [fault for fault in index.verify() if not fault.harmless]


@pytest.mark.parametrize("name", ["id_hash", "body_stem_de/terms.first", "body_stem_de/base"])
def test_verify_names_what_leads_astray(folder: Path, name: str) -> None:
    """What only shortens the way to a document or a term is held against what it leads to."""

    def change(contents: Contents) -> None:
        value = contents.arrays[name]
        contents.arrays[name] = bytes(byte ^ 1 for byte in value[:8]) + value[8:]

    path = next(path for path in folder.glob("*.segment") if name in Contents(path).arrays)
    forge_container(path, change)

    with Index(folder) as index:
        assert [fault for fault in index.verify() if not fault.harmless]


def test_a_rebuild_gets_out_of_a_crafted_index(folder: Path, tmp_path: Path) -> None:
    """Of whatever is not somebody else's."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Windkraft")
    within(bomb("texts"))(folder)
    deep(folder)

    with Index(folder) as index:
        report = index.update(texts, rebuild=True, jobs=1, prune=True)

        assert report.documents == 1
        assert index.search("Windkraft").total == 1


def forgery(generator: random.Random) -> Callable[[Contents], None]:
    """Give what changes one array or fact at random."""

    def change(contents: Contents) -> None:
        name = generator.choice(sorted(key for key, value in contents.arrays.items() if value))
        data = bytearray(contents.arrays[name])
        what = generator.randrange(6)
        if what < 3:
            at = generator.randrange(len(data))
            data[at : at + 4] = generator.choice([b"\xff", b"\0", b"\x80", b"\x7f", b"\1"]) * len(data[at : at + 4])
        contents.arrays[name] = bytes(data)
        if what == 3:
            contents.arrays[name] = bytes(data[: generator.randrange(len(data)) & ~7])
        if what == 4:
            del contents.arrays[name]
        if what == 5:
            contents.facts[generator.choice(sorted(contents.facts))] = generator.choice([None, -1, [], {}, "x", [[1]], 1 << 70])

    return change


@pytest.mark.soak
def test_any_forgery_is_refused_or_answered(base: Path, tmp_path: Path) -> None:
    """Four thousand at random: arrays cut, gone, of other types and places, numbers that make no sense."""
    generator = random.Random(1)  # noqa: S311
    missed: list[str] = []
    for number in range(4000):
        folder = Path(shutil.copytree(base, tmp_path / "index", dirs_exist_ok=True))
        forge_container(generator.choice(sorted(folder.glob("*.segment"))), forgery(generator))
        try:
            with Index(folder) as index:
                for query in QUERIES:
                    index.search(query, limit=3)
                index.status()
        except SearchkitError as error:
            if all(fault.harmless for fault in Index(folder).verify()):
                missed.append(f"{number}: {error}")
        except Exception as error:  # noqa: BLE001 - every one is named
            missed.append(f"{number}: {error!r}")
        shutil.rmtree(folder)
    assert not missed
