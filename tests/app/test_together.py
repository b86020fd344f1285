"""Several processes and one index: readers see one committed state, writers wait for each other, the dead hold nothing."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from searchkit.app.index import Index
from searchkit.errors import IndexLockedError

TOP = Path(__file__).resolve().parents[2]
SOAK = "SEARCHKIT_SOAK" in os.environ
SECONDS = 60.0 if SOAK else 5.0
READERS = 4
FILES = 12


def write(texts: Path, generation: int) -> None:
    """Let every file say of which generation it is."""
    for number in range(FILES):
        (texts / f"{number}.txt").write_text(f"needle generation{generation} file{number} " + "hay " * (generation % 7 + number))


def read(index: Path, until: float) -> int:
    """Ask again and again, from a new look at the index each time and from an old one; give how many answers were no single state."""
    wrong = 0
    held = Index.open(index)
    while time.monotonic() < until:
        for asked in (Index.open(index), held):
            found = asked.search("needle", limit=0, snippets=1)
            generations = {word for hit in found.hits for word in re.findall(r"generation\d+", hit.snippets[0].text)}
            wrong += len(found.hits) != FILES or len(generations) != 1
        if random.random() < 0.2:  # noqa: S311 -- no secret
            held.close()
    return wrong


def test_readers_beside_a_writer(tmp_path: Path) -> None:
    """Four of them; none ever sees half a generation, or an error."""
    texts, index = tmp_path / "texts", tmp_path / "index"
    texts.mkdir()
    write(texts, 0)
    Index.open(index).update(texts, jobs=1)
    until = time.monotonic() + SECONDS
    readers = []
    for _ in range(READERS):
        child = os.fork()
        if not child:
            status = 99
            try:
                status = min(read(index, until), 90)
            finally:
                os._exit(status)
        readers.append(child)

    generation = 0
    while time.monotonic() < until:
        generation += 1
        write(texts, generation)
        assert Index.open(index).update(jobs=1).updated == FILES

    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in readers] == [0] * READERS
    assert generation > 1
    assert Index.open(index).verify() == []


HOLDS = """
import sys, time
from searchkit.engine.local.engine import LocalEngine
with LocalEngine(sys.argv[1]).writer(versions={}):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """It waits as long as it was told to; a writer that was killed holds nothing."""
    index, texts = tmp_path / "index", tmp_path / "texts"
    texts.mkdir()
    write(texts, 0)
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(index)], stdout=subprocess.PIPE, cwd=TOP) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        began = time.monotonic()
        with pytest.raises(IndexLockedError, match=rf"written by process {holder.pid}\b"):
            Index.open(index).update(texts, jobs=1, lock_timeout=0.5)
        waited = time.monotonic() - began
        holder.send_signal(signal.SIGKILL)
        holder.wait()

    assert waited >= 0.5
    assert Index.open(index).update(texts, jobs=1, lock_timeout=0).added == FILES


def test_a_killed_run_leaves_the_index_whole(tmp_path: Path) -> None:
    """At any moment: 200 times in earnest; the next run finishes and cleans up."""
    texts, index = tmp_path / "texts", tmp_path / "index"
    texts.mkdir()
    write(texts, 0)
    command = [sys.executable, "-m", "searchkit", "--index", str(index), "index", str(texts), "--jobs", "1", "--memory", "20K"]
    began = time.monotonic()
    subprocess.run(command, cwd=TOP, check=True, capture_output=True)
    whole = time.monotonic() - began
    generator = random.Random(7)  # noqa: S311 -- a test, and the same every time
    killed = 0
    for generation in count(1):
        if killed and generation > (200 if SOAK else 3):
            break
        write(texts, generation)
        began = time.monotonic()
        with subprocess.Popen(command, cwd=TOP, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(generator.uniform(0.4 if generation % 4 else 0, 1.05) * whole)
                whole = time.monotonic() - began  # the machine has less to do than when the first run was timed
            except subprocess.TimeoutExpired:
                process.kill()
        killed += process.returncode == -signal.SIGKILL
        with Index.open(index) as asked:
            found = asked.search("needle", limit=0, snippets=1)
            states = {word for hit in found.hits for word in re.findall(r"generation\d+", hit.snippets[0].text)}

            assert (len(found.hits), len(states)) == (FILES, 1), generation
            assert [fault for fault in asked.verify() if not fault.harmless] == []
            if generation % 10 == 0 or not SOAK:
                asked.update(jobs=1)
                assert asked.verify() == []
                assert asked.search(f"generation{generation}").total == FILES
    assert killed
