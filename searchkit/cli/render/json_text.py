"""How is a record written as one line of JSON?

Not ``json.py``: no file shadows the standard library.
"""

import json
import re
from collections.abc import Mapping

from searchkit.typed import Any

SCHEMA_VERSION = 1

# What json.dumps leaves as it is, and a terminal, a pipe or str.splitlines()
# would not: DEL, C1, bidirectional controls, line separators, lone surrogates.
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(record: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    r"""Write a record as JSON, without a line break, control characters and undecodable bytes as ``\u`` escapes.

    >>> json_text({"path": "a\x1b\udcff"})
    '{"path":"a\\u001b\\udcff"}'
    """
    text = json.dumps(record, ensure_ascii=ascii_only, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
