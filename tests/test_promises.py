"""What the program promises beyond its answers: no network, the same output from the same input, licences that are known."""

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
LISTS = sorted((TOP / "requirements").glob("*.txt"))
COPYLEFT = re.compile(r"\bA?GPL", re.IGNORECASE)


def test_the_tests_have_no_network() -> None:
    """Not even the loopback: the guard of ``conftest`` works."""
    with socket.socket() as door, pytest.raises(pytest.fail.Exception, match="network"):
        door.connect(("127.0.0.1", 9))
    with pytest.raises(pytest.fail.Exception, match="looked up"):
        socket.getaddrinfo("localhost", 80)


NETWORKLESS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        raise SystemExit(f"network: {event} {arguments}")
sys.addaudithook(refuse)
from searchkit.__main__ import main
sys.exit(main())
"""


def program(*arguments: str, seed: str, cwd: Path) -> bytes:
    """Run the program in a process that may not touch a network."""
    environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", NETWORKLESS, *arguments], capture_output=True, cwd=cwd, env=environment, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the hash seed, with several processes and with one; the index too, but for its random names and times."""
    shutil.copytree(TOP / "corpus", tmp_path / "corpus")
    outputs, contents = [], []
    for seed in ("0", "1", "4711"):
        index = tmp_path / f"index{seed}"
        program("--index", str(index), "index", "corpus", "--jobs", "1" if seed == "1" else "2", seed=seed, cwd=tmp_path)
        queries = (
            ("energy cooperation", "--format", "jsonl"),
            ("과학기술 협력", "--format", "tsv"),
            ("сутегі", "--explain", "--format", "jsonl"),
            ("Wasserstof", "--format", "text"),
            ("*a*", "--format", "trec"),
        )
        outputs.append([program("--index", str(index), "search", "-n", "0", *query, seed=seed, cwd=tmp_path) for query in queries])
        names = sorted(path.name for path in index.glob("*.segment"))
        data = b"".join((index / name).read_bytes() for name in names)
        for name in names:
            data = data.replace(name.encode(), b"name")
        contents.append(data[:-64])  # the seal covers the name

    assert outputs[0] == outputs[1] == outputs[2]
    assert all(all(each) for each in outputs)
    assert contents[0] == contents[1] == contents[2]


def _licences() -> dict[tuple[str, str], dict[str, str]]:
    with (TOP / "requirements" / "LICENCES.tsv").open(encoding="utf-8", newline="") as file:
        return {(row["package"], row["version"]): row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def _locked(path: Path) -> set[tuple[str, str]]:
    return set(re.findall(r"^([\w.-]+)==([\w.]+)", path.read_text("utf-8"), re.MULTILINE))


def test_every_dependency_has_a_licence_and_an_origin() -> None:
    """One row for each locked package, in the version that is locked; none too many."""
    rows = _licences()

    assert set(rows) == set().union(*map(_locked, LISTS)), "help: renew requirements/LICENCES.tsv with the packages"
    assert all(row["licence"] and row["source"].startswith("https://") for row in rows.values())


def _enclosed(package: str) -> str:
    """Give the licences that lie in a package; atheris says it nowhere else."""
    return "\n".join(file.read_text() for file in metadata.files(package) or [] if file.name.startswith("LICEN"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_licence_is_what_the_package_says(path: Path) -> None:
    """The first word of the row stands in what is installed; no GPL or AGPL anywhere."""
    rows = _licences()
    for key in sorted(_locked(path)):
        assert not COPYLEFT.search(rows[key]["licence"]), key
        try:
            told = metadata.metadata(key[0])
        except metadata.PackageNotFoundError:
            continue  # of a list that this environment does not need
        classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
        said = " ".join([*(told.get_all("License-Expression") or told.get_all("License") or []), *classifiers]) or _enclosed(key[0])
        assert not COPYLEFT.search(re.sub(r"\bLGPL\S*", "", said)) or key[0] in {"numpy", "scipy"}, key
        stem = re.split(r"[ -]", rows[key]["licence"])[0].replace("MPL", "(MPL|Mozilla)").replace("PSF", "(PSF|Python)")
        assert re.search(stem, said, re.IGNORECASE), (key, said[:200])
