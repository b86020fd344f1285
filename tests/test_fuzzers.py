"""Ten minutes each of the fuzzers that are led by coverage; see ``fuzz``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent


@pytest.mark.soak
@pytest.mark.parametrize("target", ["query", "decode", "read"])
def test_fuzzing_finds_nothing(target: str, tmp_path: Path) -> None:
    """No exception, no endless run, no flood of memory."""
    pytest.importorskip("atheris")
    command = [
        sys.executable,
        str(TOP / "tests" / "fuzz.py"),
        target,
        "-max_total_time=600",
        "-max_len=1000",
        "-timeout=20",
        "-rss_limit_mb=2000",
    ]

    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(TOP)}, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr[-3000:].decode("utf-8", "replace")
