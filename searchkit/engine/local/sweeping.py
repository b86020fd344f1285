"""Which files in the folder are nobody's any more?

Only names that we write are looked at, and a table of contents only if it
names our classes: the folder may hold a stranger's notes, or a stranger's
Whoosh index.
"""

import os
from collections.abc import Collection

from searchkit.engine.local import layout
from searchkit.engine.local.manifest import Manifest
from searchkit.engine.local.storage import Disk
from searchkit.errors import IndexUnsafeError

_MARK = b"searchkit.engine.local.whoosh_codec"
_HEAD_BYTES = 1 << 10


def leftovers(folder: str, manifest: Manifest, *, claimed: bool = False, ours: Collection[str] = ()) -> list[str]:
    """Name the files of ours that neither this generation nor the one before names.

    Args:
        folder: of the index.
        manifest: of the generation.
        claimed: the folder was ours before, though its manifest could not be
            read: tables of contents are ours, damaged ones too.
        ours: names that the generation before knew: whatever became of those files, they are no stranger's.
    """
    kept = manifest.named | {layout.MANIFEST}
    names = (name for name in os.listdir(folder) if layout.is_ours(name) and name not in kept)
    return sorted(name for name in names if claimed or name in ours or not _is_foreign_toc(folder, name))


def sweep(disk: Disk, folder: str, manifest: Manifest, *, claimed: bool = False, ours: Collection[str] = ()) -> None:
    """Remove them, as far as that works."""
    for name in leftovers(folder, manifest, claimed=claimed, ours=ours):
        try:
            disk.remove(os.path.join(folder, name))
        except OSError:
            continue  # the next writer tries again


def foreign_tocs(folder: str, manifest: Manifest) -> list[str]:
    """Name tables of contents that are not ours."""
    ours = manifest.named
    return sorted(name for name in os.listdir(folder) if name not in ours and _is_foreign_toc(folder, name))


def refuse_strangers(folder: str, manifest: Manifest) -> None:
    """Keep away from a folder with another Whoosh index: there, the newest table of contents would be taken for both.

    Raises:
        IndexUnsafeError: it is one.
    """
    for name in foreign_tocs(folder, manifest):
        raise IndexUnsafeError(folder, f"{name} is the table of another Whoosh index", hint="choose another folder")


def _is_foreign_toc(folder: str, name: str) -> bool:
    if layout.toc_generation(name) < 0:
        return False
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return _MARK not in file.read(_HEAD_BYTES)
    except OSError:
        return True
