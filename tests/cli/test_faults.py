"""The system refuses a call, or the process dies at it: the index is what it was, the status is 2, the next run finishes."""

import os
import random
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Outcome
from tests.faults import ERRORS, KINDS, Faults

SOAK = "SEARCHKIT_SOAK" in os.environ
QUERY = ("search", "-n", "0", "cats", "--format", "jsonl")
WHAT_FOR = {
    "a first run": ("index", "docs", "--jobs", "1"),
    "an update": ("index", "docs", "--jobs", "1"),
    "a rebuild": ("index", "--rebuild", "--jobs", "1"),
    "to forget": ("index", "--forget", "docs"),
}
# What happens once the switch is done is no failure of the run, and a name that is only for a message none either.
UNIMPORTANT = {"write": 3, "open": 9, "map": 9, "list": 1, "remove": 99, "make": 1}


@pytest.fixture
def place(tmp_path: Path, program: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder, an index of it in ``base``, and changes since then."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
    monkeypatch.chdir(tmp_path)
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(9):
        (docs / f"{number}.txt").write_text(f"word{number} common cats and dogs\n" * 3)
    assert program("--index", "base", "index", "docs", "--jobs", "1").status == 0
    for number in range(3):
        (docs / f"{number}.txt").write_text(f"changed{number} cats\n")
    (docs / "8.txt").unlink()
    (docs / "new.txt").write_text("fresh cats\n")
    return tmp_path


class Trial:
    """Runs a command with a fault, again and again, on a fresh copy of the index."""

    def __init__(self, program: Cli, what: str) -> None:
        self._program = program
        self._what = what
        self.fresh()
        self.before = self.answer()
        assert self.run().status == 0
        self.after = self.answer()
        assert self.before != self.after

    def fresh(self) -> None:
        """Put the index back as it was."""
        shutil.rmtree("index", ignore_errors=True)
        if self._what != "a first run":
            shutil.copytree("base", "index")

    def answer(self) -> bytes:
        """Ask the index."""
        return self._program("--index", "index", *QUERY).raw

    def run(self) -> Outcome:
        """Run the command."""
        return self._program("--index", "index", *WHAT_FOR[self._what])

    def ends_well(self) -> bool:
        """Run once more, without a fault: it finishes, and nothing is left behind."""
        finished = self._program("--index", "index", "index", "docs", "--jobs", "1")
        checked = self._program("--index", "index", "verify")
        return finished.status == 0 and checked.status == 0 and "left behind" not in checked.out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", WHAT_FOR)
def test_a_refused_call_leaves_the_index_whole(place: Path, program: Cli, what: str, kind: str) -> None:
    """Whichever call, whichever error: the old state and status 2, or the new one."""
    del place
    trial = Trial(program, what)
    generator = random.Random(f"{what} {kind}")  # noqa: S311 -- a test, and the same every time
    passed = 0
    for name, error in ERRORS.items() if SOAK else [generator.choice(list(ERRORS.items()))]:
        at = 0
        while True:
            at += 1 if SOAK else generator.randint(1, 4)
            trial.fresh()
            faults = Faults("index", kind, at, error)
            with pytest.MonkeyPatch.context() as patch:
                faults.install(patch)
                outcome = trial.run()
            if not faults.struck:
                break

            told, answer = (name, at, outcome.err), trial.answer()
            assert outcome.status in {0, 2}, told
            assert answer in ({trial.after} if not outcome.status else {trial.before, trial.after}), told
            assert "internal error" not in outcome.err, told
            if outcome.status:
                assert re.fullmatch(r"searchkit: [^\n]*index[^\n]*\n", outcome.err), told
                assert ("as it was before" in outcome.err) <= (answer == trial.before), told
                assert "damaged" not in outcome.err, told
            passed += not outcome.status
            assert trial.ends_well(), told
    assert passed <= UNIMPORTANT.get(kind, 0) * (len(ERRORS) if SOAK else 1)


@pytest.mark.parametrize("what", WHAT_FOR)
def test_a_process_that_dies_leaves_the_index_whole(place: Path, program: Cli, what: str) -> None:
    """At each call that changes something: the old state or the new one."""
    del place
    trial = Trial(program, what)
    generator = random.Random(what)  # noqa: S311
    at = 0
    while True:
        at += 1 if SOAK else generator.randint(2, 9)
        trial.fresh()
        child = os.fork()
        if not child:
            with pytest.MonkeyPatch.context() as patch:
                Faults("index", "any", at, 0).install(patch)
                trial.run()
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            break

        assert trial.answer() in {trial.before, trial.after}, at
        assert trial.ends_well(), at
