"""Which encoding does a file say that it has?

HTML ``meta``, XML declaration, ``charset:`` in a front matter, ``coding:`` of
a source file.  Labels are read as browsers read them: who declares
``iso-8859-1`` means ``cp1252``, who declares ``euc-kr`` means ``cp949``.
"""

import codecs
import re

_HEAD_BYTES = 4096  # browsers look at 1,024; long comments and scripts stand before many a meta
_PATTERNS = (
    re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([-\w.:]+)"""),
    re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([-\w.:]+)""", re.IGNORECASE),
    re.compile(rb"""\A---[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,60}?(?:charset|encoding):[ \t]*["']?([-\w.:]+)""", re.IGNORECASE),
    re.compile(rb"""\A(?:[^\r\n]*\r?\n)?[^\r\n]{0,20}(?:#|//|/\*|;|--|%|<!--|\.\.)[^\r\n]{0,200}?coding[:=][ \t]*([-\w.]+)"""),
    re.compile(rb"""\A@charset "([-\w.:]+)";"""),
)
# What a label means is what its users write, not what the standard of that name holds (WHATWG Encoding).
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "big5": "big5hkscs",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-7": "", "idna": "", "punycode": "",
    "unicode-escape": "", "raw-unicode-escape": "", "undefined": "", "mbcs": "", "oem": "",
}  # fmt: skip
_LABELS = {"ks_c_5601-1987": "cp949", "ksc5601": "cp949", "windows-949": "cp949", "ms949": "cp949", "uhc": "cp949", "x-sjis": "cp932"}


def declared_encoding(data: bytes) -> str:
    """Find the label with which the head of a file declares its encoding, or ""."""
    head = data[:_HEAD_BYTES]
    for pattern in _PATTERNS:
        found = pattern.search(head)
        if found:
            return found[1].decode("ascii", "ignore")
    return ""


def codec_of(label: str) -> str:
    """Give the Python codec that a declared label means; "" for an unknown one."""
    wanted = label.strip().lower()
    if wanted in _LABELS:
        return _LABELS[wanted]
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return ""
    # hex, rot13 and zlib are codecs too, but no encodings of text.
    if not getattr(found, "_is_text_encoding", True):
        return ""
    return _MEANT.get(found.name, found.name)
