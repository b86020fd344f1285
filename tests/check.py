"""Does everything hold?  Runs every check, says how long each took, and stops at none.

``python tests/check.py`` runs all, ``--lint`` all but the tests.  The tests
come last, so that the output ends with their summary.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]


class Check(NamedTuple):
    """A command that must succeed."""

    name: str
    command: list[str]


LINT = [
    Check("format", [*PYTHON, "ruff", "format", "--check", "--quiet", "."]),
    Check("lint", [*PYTHON, "ruff", "check", "--quiet", "."]),
    Check("types", [*PYTHON, "mypy", "--no-error-summary"]),
    Check("licences", [*PYTHON, "pytest", "-q", "tests/test_promises.py", "-k", "licence"]),
    Check("imports", [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]),
]
TESTS = Check("tests", [*PYTHON, "pytest", "-q", "-n", "2", "--durations=10", "--durations-min=1"])


def main(arguments: list[str]) -> int:
    """Run the checks; gives 0 if all of them succeed."""
    checks = LINT if arguments == ["--lint"] else [*LINT, TESTS]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    seconds: dict[str, float] = {}
    failed: list[str] = []
    for check in checks:
        if check is TESTS:
            _tell(seconds, failed)
        began = time.perf_counter()
        # A folder of its own: pytest's shared one keeps the last three runs, whosever they were, and clears older ones.
        with tempfile.TemporaryDirectory(prefix="searchkit-", ignore_cleanup_errors=True) as place:
            base = [f"--basetemp={place}/tests"] if check is TESTS else []
            if subprocess.run([*check.command, *base], cwd=TOP, env=environment, check=False).returncode:
                failed.append(check.name)
        seconds[check.name] = time.perf_counter() - began
    if checks is LINT:
        _tell(seconds, failed)
    elif failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


def _tell(seconds: dict[str, float], failed: list[str]) -> None:
    """Say which check took how long, the slowest first."""
    for name in sorted(seconds, key=lambda name: -seconds[name]):
        sys.stdout.write(f"{name:<8} {seconds[name]:6.1f} s  {'FAILED' if name in failed else 'ok'}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
