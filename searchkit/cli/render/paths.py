"""How are the files told that hold a hit, each once?"""

import os

from searchkit.app.results import SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.terminal import Screen, near_path, sanitize_line


class Paths:
    """A path a line, in the order of the first hit."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._seen: set[str] = set()

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print the paths that were not printed yet."""
        del asked
        for hit in result.hits:
            if hit.path not in self._seen:
                self._seen.add(hit.path)
                self._print(hit.path)

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: a line is a file."""

    def _print(self, path: str) -> None:
        self._screen.write(self._screen.link(sanitize_line(near_path(path)), path) + "\n")


class NullPaths(Paths):
    """The exact bytes of a path, and a NUL."""

    def _print(self, path: str) -> None:
        self._screen.write_bytes(os.fsencode(near_path(path)) + b"\0")


RENDERERS: dict[str, type[Renderer]] = {"paths": Paths, "paths0": NullPaths}
