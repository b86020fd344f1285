"""Write an index in the format of today, to be kept: ``python tests/compat/write_fixture.py``.

Run once for every format version, when it is new; what it wrote is never
written again, for only an index of that time proves what is done with it.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from searchkit.app.indexing import update
from searchkit.engine.local import layout
from searchkit.settings import IndexSettings

HERE = Path(__file__).resolve().parent
TEXTS = {
    "forest.txt": "Die Eule sitzt auf dem Ast und wartet auf die Nacht.\n\nIm Wald ist es still.\n",
    "harbour.md": "---\ntitle: The harbour\ndate: 2024-05-06\nlang: en\n---\n\nThree boats came back before the storm.\n",
    "steppe.txt": "Даладағы жел күшті соқты.\n\nАттар өзенге қарай шапты.\n",
    "river.html": "<html lang=ru><title>Река</title><body><p>Лодка медленно плыла по реке.</p></body></html>\n",
    "mountain.txt": "산꼭대기에 눈이 내렸다.\n\n우리는 천천히 내려왔다.\n",
    "gone.txt": "Nobody finds the zeppelin any more.\n",
}


def write(folder: str) -> None:
    """Make an index with two segments, a dead document, a blob and a generation before."""
    with tempfile.TemporaryDirectory() as place:
        texts = os.path.join(place, "texts")
        os.mkdir(texts)
        for name, text in TEXTS.items():
            Path(texts, name).write_text(text, "utf-8")
        settings = IndexSettings(jobs=1)
        update(folder, [texts], settings)
        os.unlink(os.path.join(texts, "gone.txt"))
        Path(texts, "late.txt").write_text("A kingfisher dives into the pond.\n", "utf-8")
        update(folder, None, settings)


def main() -> int:
    """Write the fixture of today's format, unless it is there."""
    folder = HERE / f"index_v{layout.FORMAT_VERSION}"
    if folder.exists():
        sys.stderr.write(f"{folder.name} is there and stays as it is\n")
        return 1
    with tempfile.TemporaryDirectory() as place:
        made = os.path.join(place, "index")
        write(made)
        os.unlink(os.path.join(made, layout.LOCK))
        shutil.copytree(made, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
