"""What are the columns of a segment's documents called, and how is a key found in them?

Shared by ``table``, which writes them, and ``documents``, which reads them
(and must not load what writing needs).
"""

import zlib

from searchkit.engine.contract import Key
from searchkit.engine.local.terms import encode

NUMBERS = ("line", "length", "text_start", "record_start", "record_size", "title_length", "body_length")
CHUNKS = ("start", "size", "line", "words", "word_base", "stem_base", "widths")


def key_hash(key: Key) -> int:
    """Give 32 bits by which a key is looked for; the key itself decides."""
    return zlib.crc32(encode(key[0]) + b"\0" + encode(key[1]))
