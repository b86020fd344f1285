"""A small folder in five languages, and an index of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.indexing import update
from searchkit.app.results import IndexReport, SearchResult
from searchkit.app.searching import Searcher
from searchkit.settings import IndexSettings, SearchSettings

TEXTS = {
    "ko.txt": "두 나라는 과학기술 협력을 강화하기로 하였다.\n\n카자흐스탄과의 협약은 내년에 체결된다.\n",
    "kk.txt": "Университеттер ғылыми келісімдерге қол қойды.\n\nХалқымыздың тілегі орындалды. Мектептерде кітаптар көп.\n",
    "ru.txt": "Министры подписали договор о сотрудничестве в области науки.\n\nВсё зависит от университета.\n",
    "de.txt": "Die Förderung der Windkraftanlagen beginnt im Mai.\n\nAn der Ausbildung in Aserbaidschan nehmen Schüler teil.\n",
    "en.txt": "The universities of both countries signed a memorandum.\n\nCo-operation in organising trade goes on; children went home.\n",
}


@pytest.fixture
def texts() -> dict[str, str]:
    """Five texts, one a language; a file of tests may have its own."""
    return TEXTS


@pytest.fixture
def folder(tmp_path: Path, texts: dict[str, str]) -> Path:
    """The texts as files."""
    place = tmp_path / "texts"
    place.mkdir()
    for name, text in texts.items():
        (place / name).write_text(text, "utf-8")
    return place


@pytest.fixture
def index(tmp_path: Path) -> str:
    """Where the index goes."""
    return str(tmp_path / "index")


@pytest.fixture
def refresh(folder: Path, index: str) -> Callable[..., IndexReport]:
    """Bring the index of the folder up to date."""

    def refreshed(*paths: Path, **options: object) -> IndexReport:
        return update(index, [str(path) for path in paths or (folder,)], IndexSettings(jobs=1, **options))  # type: ignore[arg-type]

    return refreshed


@pytest.fixture
def ask(index: str) -> Callable[..., SearchResult]:
    """Answer a query from the last committed state."""

    def asked(query: str, **options: object) -> SearchResult:
        with Searcher(index) as searcher:
            return searcher.search(query, SearchSettings(**options))  # type: ignore[arg-type]

    return asked


@pytest.fixture
def found(refresh: Callable[..., IndexReport], ask: Callable[..., SearchResult]) -> Callable[..., set[str]]:
    """Give the names of the files that a query finds in the five texts."""
    refresh()

    def names(query: str, **options: object) -> set[str]:
        return {Path(hit.path).name for hit in ask(query, **options).hits}

    return names
