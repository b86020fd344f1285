"""What does a command cost?

Wall time, processor time and peak memory of whole processes, by the operating
system's own count; and of a process that answers lines, once it has started.
What is compared takes turns, so that a busy minute falls on both.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

KIB = 1024  # ru_maxrss


class Cost(NamedTuple):
    """What something took.

    Attributes:
        wall: seconds by the clock on the wall.
        cpu: seconds of all processors, the system's share and child processes among them.
        peak_bytes: the most memory that one process held.
    """

    wall: float
    cpu: float
    peak_bytes: int = 0

    def over(self, other: "Cost") -> "Ratio":
        """Compare."""
        return Ratio(self.wall / max(other.wall, 1e-9), self.cpu / max(other.cpu, 1e-9))


class Run(NamedTuple):
    """A command that has ended.

    Attributes:
        cost: what it took.
        status: its own.
        told: its standard error.
    """

    cost: Cost
    status: int
    told: str


class Ratio(NamedTuple):
    """A cost as so many times another."""

    wall: float
    cpu: float


class CommandError(Exception):
    """A command that is measured failed: its figure would mean nothing."""


def run(command: list[str], *, statuses: tuple[int, ...] = (0,)) -> Cost:
    """Run a command to its end.

    Raises:
        CommandError: its status is none of ``statuses``.
    """
    done = ended(command)
    if done.status not in statuses:
        raise CommandError(f"{' '.join(command)}: status {done.status}\n{done.told[-2000:]}")
    return done.cost


def ended(command: Sequence[str | bytes], lines: bytes = b"") -> Run:
    """Run a command to its end, whatever that is; ``lines`` is its standard input."""
    # A child's peak begins with what the process held that it was forked from: dictionaries for making texts are
    # 300 MB, and would be in every figure.  A small process of its own forks it.
    done = subprocess.run([sys.executable, "-S", __file__, *command], input=lines, capture_output=True, check=False)
    return Run(Cost(*json.loads(done.stdout)), done.returncode, done.stderr.decode(errors="replace"))


def _run_and_tell() -> int:
    """Run what the arguments say, and print wall seconds, processor seconds and peak bytes; its status is ours."""
    began = time.perf_counter()
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss * KIB]))
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def answers(command: list[str], queries: list[str]) -> Cost:
    """Send queries to a process that answers each with a line; the first is not counted, nor what came before it.

    Raises:
        CommandError: it ended before it had answered.
    """
    lines: list[bytes] = []
    wall = cpu = used = 0.0
    # A process that has ended takes no more queries: what it did not answer is counted below.
    with (
        contextlib.suppress(BrokenPipeError),
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process,
    ):
        assert process.stdin, process.stdout
        process.stdin.write(queries[0].encode() + b"\n")
        process.stdin.flush()
        lines.append(process.stdout.readline())
        began, used = time.perf_counter(), _processor_seconds(process.pid)
        process.stdin.write("".join(f"{query}\n" for query in queries[1:]).encode())
        process.stdin.flush()
        lines += [process.stdout.readline() for _ in queries[1:]]
        wall, cpu = time.perf_counter() - began, _processor_seconds(process.pid) - used
        process.stdin.close()
    lines += [b""] * (len(queries) - len(lines))
    if not all(lines):
        raise CommandError(f"{' '.join(command)}: {sum(map(bool, lines))} answers to {len(queries)} queries")
    return Cost(wall, cpu if used else wall)


def _processor_seconds(pid: int) -> float:
    """Read what the threads of a process have used so far; 0 where the system does not say."""
    threads = Path(f"/proc/{pid}/task")
    try:
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads.iterdir()) / 1e9
    except OSError:
        return 0.0


def in_turns(deeds: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Do things in turns, some rounds; give the medians, and the highest peak."""
    found: dict[str, list[Cost]] = {name: [] for name in deeds}
    for _ in range(rounds):
        for name, deed in deeds.items():
            found[name].append(deed())
    return {name: median(costs) for name, costs in found.items()}


def median(costs: list[Cost]) -> Cost:
    """Give the medians of times, and the highest peak."""
    wall, cpu = (statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu"))
    return Cost(wall, cpu, max(cost.peak_bytes for cost in costs))


def folder_bytes(folder: Path) -> int:
    """Add the sizes of all files of a folder up."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(_run_and_tell())
