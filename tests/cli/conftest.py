"""Runs the command line in this process, on streams of its own, over the stand-ins of ``fakes``."""

import io
import sys
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import pytest

import searchkit.app
from searchkit.cli.main import run
from tests.cli import fakes


class Outcome(NamedTuple):
    """What a call left behind."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output, as text."""
        return self.raw.decode()

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.split("\n")[:-1]


class Stream(io.TextIOWrapper):
    """A stream that says that it is a terminal, if told so."""

    terminal = False

    def isatty(self) -> bool:
        """Tell what it was told."""
        return self.terminal


Cli = Callable[..., Outcome]


def _stream(data: bytes = b"", *, terminal: bool = False, encoding: str = "utf-8") -> Stream:
    stream = Stream(io.BytesIO(data), encoding=encoding, errors="surrogateescape", newline="")
    stream.terminal = terminal
    return stream


def _read(stream: Stream) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[fakes.FakeSearcher]:
    """Put the stand-ins in place of the use cases; gives the searcher, to change its answers."""

    class Searcher(fakes.FakeSearcher):
        """Fresh for every test."""

    Searcher.asked, Searcher.indexes = [], []
    indexing = fakes.Indexing()
    modules: dict[str, dict[str, object]] = {
        "searching": {"Searcher": Searcher},
        "inspecting": {"status": fakes.status, "show": fakes.show, "analyze": fakes.analyze},
        "verifying": {"verify": fakes.verify},
        "indexing": {"calls": indexing.calls, "update": indexing.update, "forget": indexing.forget},
    }
    for name, contents in modules.items():
        module = ModuleType(f"searchkit.app.{name}")
        vars(module).update(contents)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(searchkit.app, name, module, raising=False)
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return Searcher


@pytest.fixture
def cli(app: type[fakes.FakeSearcher], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give a function that runs a command line over the stand-ins."""
    del app
    return _caller(monkeypatch)


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give a function that runs a command line over the real use cases."""
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    return _caller(monkeypatch)


def _caller(monkeypatch: pytest.MonkeyPatch) -> Cli:
    def call(*args: str, stdin: bytes = b"", terminal: bool = False, columns: int = 80, encoding: str = "utf-8") -> Outcome:
        out, err = (_stream(terminal=terminal, encoding=encoding) for _ in range(2))
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(sys, "stdin", _stream(stdin))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        status = run(args)
        return Outcome(status, _read(out), _read(err).decode(encoding))

    return call
