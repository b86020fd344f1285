"""What has to stand on disk before anything is measured: texts, indexes, peers.

Everything is made once in a bench, when the first row asks for it.
"""

import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import lexicons
import runs
import texts
from runs import Cost

TOP = Path(__file__).resolve().parents[2]
PEERS_PYTHON = TOP / ".venv" / "bench" / "bin" / "python"
PEERS = {"tantivy": "tantivy", "fts5": "SQLite FTS5", "fts5-plain": "SQLite FTS5", "whoosh": "stock Whoosh"}
MEGABYTE = 1_000_000
FULL = 60  # megabytes: the sizes of the table
QUERIES = 200


class Size(NamedTuple):
    """How much is measured.

    Attributes:
        megabytes: of German and English text; everything else is in proportion.
        rounds: of long measurements; the short ones have more.
        starts: of whole processes that take no time.
    """

    megabytes: float
    rounds: int
    starts: int

    def of(self, full: int, least: int) -> int:
        """Give a number of the full table in proportion."""
        return max(least, round(full * self.megabytes / FULL))


def program(*arguments: str) -> list[str]:
    """Write a command line of the program that is installed beside this interpreter."""
    installed = Path(sys.executable).with_name("searchkit")
    return [*([str(installed)] if installed.exists() else [sys.executable, "-m", "searchkit"]), *arguments]


def searchkit(index: Path, *arguments: str) -> list[str]:
    """Write a command line that is about an index."""
    return program("--index", str(index), *arguments)


class Places:
    """A folder to measure in.

    Args:
        folder: empty; what is in it may be large.
        size: how much is measured.
    """

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder, self.size = folder, size
        self.texts = folder / "texts"
        self._numbers = iter(range(1_000_000))

    @cached_property
    def peers(self) -> dict[str, str]:
        """Find the engines that are there, with their versions."""
        found: dict[str, str] = {}
        for engine, name in PEERS.items():
            done = subprocess.run(self.peer(engine, "check"), capture_output=True, text=True, check=False)
            if done.returncode == 0:
                found[engine] = done.stdout.strip()
            elif engine != "fts5-plain":
                said = done.stdout.strip() or done.stderr.strip()
                print(f"{name} is not there, its ratios are left out: {said.splitlines()[-1] if said else 'no reason'}")
        return found

    @staticmethod
    def peer(engine: str, *arguments: str) -> list[str]:
        """Write a command line of a peer; where the peers have no environment of their own, this one has SQLite at least."""
        python = PEERS_PYTHON if PEERS_PYTHON.exists() else Path(sys.executable)
        return [str(python), str(Path(__file__).with_name("peers.py")), engine, *arguments]

    def fresh(self, name: str) -> Path:
        """Give the path of a folder that is not there yet."""
        return self.folder / f"{name}-{next(self._numbers)}"

    def indexed(self, source: Path, *options: str, name: str = "index") -> tuple[Path, Cost]:
        """Index a folder anew in a process of its own."""
        index = self.fresh(name)
        return index, runs.run(searchkit(index, "index", *options, str(source)))

    def peer_indexed(self, engine: str, source: Path) -> tuple[Path, Cost]:
        """Have a peer index a folder anew."""
        index = self.fresh(engine)
        return index, runs.run(self.peer(engine, "index", str(index), str(source)))

    @cached_property
    def german_english(self) -> texts.Collection:
        """Write the texts of the first row."""
        return self._written("de-en", ["de", "en"], self.size.megabytes)

    @cached_property
    def sample(self) -> texts.Collection:
        """Write so much German and English as stock Whoosh can be waited for."""
        return self._written("de-en-sample", ["de", "en"], min(self.size.megabytes, 2))

    def language(self, code: str) -> texts.Collection:
        """Write a sixth of it in one language."""
        return self._written(code, [code], self.size.megabytes / 6)

    @cached_property
    def everything(self) -> texts.Collection:
        """Write 65,000 documents in five languages."""
        return texts.write_collection(self.texts / "all", list(lexicons.CODES), documents=self.size.of(65_000, 200))

    @cached_property
    def everything_index(self) -> Path:
        """Index them."""
        return self.indexed(self.everything.folder)[0]

    def _written(self, name: str, codes: list[str], megabytes: float) -> texts.Collection:
        return texts.write_collection(self.texts / name, codes, text_bytes=round(megabytes * MEGABYTE))
