"""A folder that holds everything a file system can: the run ends, the good is indexed, each problem is named."""

import ctypes
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
OVERRIDE, READ_SEARCH = 1, 2  # capabilities by which root reads what nobody may


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Give a folder, and open what was closed in it, so that it can be cleared away."""
    yield tmp_path
    for path, _, _ in os.walk(tmp_path):
        os.chmod(path, 0o700)


def _obey_modes() -> None:
    """Let root have no more rights than others."""
    library = ctypes.CDLL(None)
    for capability in (OVERRIDE, READ_SEARCH):
        library.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def run(place: Path, *arguments: str, timeout: float = 60) -> "subprocess.CompletedProcess[bytes]":
    """Run the program, for which modes hold."""
    return subprocess.run(
        [sys.executable, "-m", "searchkit", "--index", str(place / "index"), *arguments],
        capture_output=True,
        check=False,
        timeout=timeout,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(TOP), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=_obey_modes if os.geteuid() == 0 else None,
    )


def test_everything_a_file_system_can_hold(place: Path) -> None:
    """Pipes, sockets, devices, loops, dangling links, closed files and folders, names of any bytes."""
    docs = place / "docs"
    (docs / "closed folder").mkdir(parents=True)
    (docs / "closed folder" / "inside.txt").write_text("inside needle")
    (docs / "good.txt").write_text("a good needle")
    os.mkfifo(docs / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as door:
        here = os.getcwd()
        os.chdir(docs)
        door.bind("socket.txt")
        os.chdir(here)
    (docs / "device.txt").symlink_to("/dev/zero")
    (docs / "loop").symlink_to(".")
    (docs / "around.txt").symlink_to("about.txt")
    (docs / "about.txt").symlink_to("around.txt")
    (docs / "dangling.txt").symlink_to("nowhere")
    (docs / "empty.txt").touch()
    (docs / "closed.txt").write_text("closed needle")
    (docs / "closed.txt").chmod(0)
    (docs / "closed folder").chmod(0)
    (docs / "new\nline\tand tab.txt").write_text("needle")
    Path(os.fsdecode(os.fsencode(docs) + b"/not utf-8 \xff\xfe.txt")).write_text("needle")
    (docs / "nested.html").write_text("<div>" * 20_000 + "needle")
    (docs / "entities.html").write_text(
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><html><body>needle &c;&c;<script>hidden</script>'
        "<style>concealed</style></body></html>"
    )
    (docs / "binary.txt").write_bytes(bytes(range(256)) * 40)

    first = run(place, "index", "--format", "json", str(docs))

    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    assert report["added"] == 5
    problems = {Path(problem["path"]).name: problem["reason"] for problem in report["problems"]}
    assert problems == {
        "closed folder": "folder cannot be read: permission denied",
        "closed.txt": "permission denied",
        "around.txt": "a link to nowhere",
        "about.txt": "a link to nowhere",
        "dangling.txt": "a link to nowhere",
        "binary.txt": "binary file",
    }
    assert first.stderr.count(b"\n") == len(problems) + 1, "each in one line, and the summary"
    assert run(place, "index", "--strict").returncode == 2
    assert run(place, "search", "-c", "needle").stdout == b"5\n"
    assert len(run(place, "search", "-n", "0", "-0", "-l", "needle").stdout.split(b"\0")) == 6
    assert run(place, "search", "-c", "--exact", "hidden OR concealed OR ha").stdout == b"0\n"
    assert run(place, "verify").returncode == 0


@pytest.mark.soak
def test_a_hundred_thousand_files_in_one_folder(place: Path) -> None:
    """Each of them a document."""
    docs = place / "docs"
    docs.mkdir()
    for number in range(100_000):
        (docs / f"{number}.txt").write_text(f"number{number % 1000} needle")

    report = json.loads(run(place, "index", "--format", "json", str(docs), timeout=1200).stdout)

    assert (report["added"], report["failed"]) == (100_000, 0)
    assert run(place, "search", "-c", "number7").stdout == b"100\n"


@pytest.mark.soak
def test_two_hundred_megabytes_in_one_line(place: Path) -> None:
    """The memory that it may have is not enough: it is named with what would do, and with that it is indexed."""
    docs = place / "docs"
    docs.mkdir()
    (docs / "long.txt").write_text("lorem ipsum dolor needle " * 8_000_000)
    (docs / "good.txt").write_text("good needle")

    report = json.loads(run(place, "index", "--format", "json", str(docs), timeout=1200).stdout)

    assert (report["documents"], report["failed"]) == (1, 1)
    needed = re.search(r"200,000,000 characters; .* is the most with this --memory, ([\d,]+) MB would do", report["problems"][0]["reason"])
    assert needed is not None
    run(place, "index", "--memory", needed[1].replace(",", ""), timeout=1200)
    assert run(place, "search", "-c", "needle").stdout == b"2\n"
