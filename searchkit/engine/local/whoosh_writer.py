"""What table of contents does Whoosh find?

Written for others, so that ``whoosh.index.open_dir`` opens the folder.  It
follows from the manifest alone, byte for byte, so that it can be verified
without being unpickled.
"""

import io
import pickle

import whoosh
from whoosh.filedb.structfile import StructFile
from whoosh.index import _CURRENT_TOC_VERSION
from whoosh.system import _FLOAT_SIZE, _INT_SIZE, _LONG_SIZE

from searchkit.engine.local import layout
from searchkit.engine.local.manifest import Manifest
from searchkit.engine.local.whoosh_codec import ArraySegment, make_schema

PICKLE_PROTOCOL = 4  # fixed: the bytes must not depend on the interpreter


def whoosh_version() -> tuple[int, ...]:
    """Give the version of Whoosh that is installed."""
    return tuple(whoosh.__version__[:3])


def toc_bytes(manifest: Manifest) -> bytes:
    """Give the table of contents of a generation (``manifest.whoosh`` is the version that it names)."""
    buffer = io.BytesIO()
    file = StructFile(buffer)
    for size in (_INT_SIZE, _LONG_SIZE, _FLOAT_SIZE):
        file.write_varint(size)
    file.write_int(-12345)
    file.write_int(_CURRENT_TOC_VERSION)
    for number in manifest.whoosh:
        file.write_varint(number)
    file.write_string(pickle.dumps(make_schema(" ".join(manifest.fields)), PICKLE_PROTOCOL))
    file.write_int(manifest.generation)
    file.write_int(0)
    segments = []
    for entry in manifest.segments:
        names = [layout.segment_name(entry.id), *([entry.dead_file] if entry.dead_file else [])]
        segments.append(ArraySegment(entry, {name: manifest.files[name] for name in names}))
    file.write(pickle.dumps(segments, PICKLE_PROTOCOL))
    return buffer.getvalue()
