"""Which text do these bytes stand for?

Byte order mark, then what the file declares, then strict UTF-8, then a guess
that says of itself that it is one.  Bytes that are no text in any of them are
refused.  Readers know formats; this file knows none.
"""

import re
from codecs import getincrementaldecoder

from searchkit.documents.codepages import Guess, guess_codepage
from searchkit.documents.declared import codec_of
from searchkit.documents.eastasian import Reading, guess_multibyte
from searchkit.typed import NamedTuple

SAMPLE_BYTES = 1 << 13  # of lines with non-ASCII bytes: four times as many change no guess and take twice as long
_AROUND_BYTES = 2000

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
# Not white space, backspace (man pages), escape (coloured logs) or the end mark of DOS.
_CONTROLS = re.compile(rb"[\x00-\x07\x0e-\x19\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.01  # a stray control character in 100 bytes is dirt in a text, more is no text
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ",
    b"Rar!", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"OggS", b"ID3", b"\xca\xfe\xba\xbe", b"MZ\x90\x00", b"\x28\xb5\x2f\xfd", b"wOF",
)  # fmt: skip
_LINES = re.compile("\r\n?")
_HIGH = re.compile(rb"[\x80-\xff]")
_SURE_NATS = 10.0  # the second reading is e^10 times less likely
_PLAUSIBLE_NATS = -6.3  # for each byte beyond ASCII: right readings have -3 (Cyrillic) to -6 (German), wrong ones under -7
_DECLARED_NATS = 2.5  # for each such byte: by so much must another reading beat the declared one
_EXPECTED_HIGH = 5  # bytes beyond ASCII: fewer cannot tell code pages apart
_SURE_HIGH = 3  # "café" alone would be well spelt in a dozen code pages
_FOREIGN_HIGH = 40  # so many unlikely letters are a script of which we have no model


class NotTextError(ValueError):
    """The bytes are no text.

    Args:
        reason: in a few words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Decoded(NamedTuple):
    """A text and how it was read.

    Attributes:
        text: with LF line ends, not yet NFC.
        encoding: Python's name of the codec.
        guessed: whether nothing in the file says so.
        confident: whether another reading is much less likely.
    """

    text: str
    encoding: str
    guessed: bool = False
    confident: bool = True


def decode_text(data: bytes, *, declared: str = "") -> Decoded:
    """Turn the bytes of a file into text.

    Args:
        data: the whole file.
        declared: the encoding that the file names, as it spells it.

    Raises:
        NotTextError: the bytes are no text.
    """
    found = _by_mark(data) or _without_mark(data, codec_of(declared) if declared else "")
    return found._replace(text=_LINES.sub("\n", found.text)) if "\r" in found.text else found


class Utf8Check:
    """Tells of a file, piece by piece, whether ``decode_text`` would read it as UTF-8 without a doubt."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")()
        self._size = self._controls = 0
        self._head = b""
        self._is_text = True

    def feed(self, data: bytes) -> None:
        """Take the next piece."""
        self._head = self._head or data[: max(map(len, _MAGIC))]
        self._size += len(data)
        self._controls += len(_CONTROLS.findall(data))
        if self._is_text:
            try:
                self._decoder.decode(data)
            except UnicodeDecodeError:
                self._is_text = False
            self._is_text &= b"\x00" not in data and b"\x1b" not in data  # UTF-16 without a mark, mail in Japanese

    def is_utf8(self) -> bool:
        """Tell it, at the end of the file."""
        whole = not self._decoder.getstate()[0]
        return self._is_text and whole and not _too_many_controls(self._controls, self._size) and not self._head.startswith(_MAGIC)


def _too_many_controls(controls: int, size_bytes: int) -> bool:
    """Tell whether so many control characters make a file a binary one."""
    return controls > max(2, size_bytes * _CONTROL_SHARE)


def _by_mark(data: bytes) -> Decoded | None:
    """Read a file that begins with a byte order mark."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(codec), codec)
            except UnicodeDecodeError:
                text = data.decode(codec, "replace")
            if text.count("\ufffd") <= 1 + len(text) // 100:
                return Decoded(text, codec, guessed=False, confident=False)
    return None


def _without_mark(data: bytes, declared: str) -> Decoded:
    """Read a file without a byte order mark."""
    if data.startswith(_MAGIC):
        raise NotTextError("binary file")
    if b"\x1b$" in data and (escaped := _escaped(data)):
        return escaped
    too_many = _too_many_controls(len(_CONTROLS.findall(data)), len(data))
    # Half of the bytes of UTF-16 are high ones, and many of them control characters.
    if too_many or b"\x00" in data:
        wide = _wide(data)
        if wide:
            return wide
    if too_many:
        raise NotTextError("binary file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return (declared and _as_declared(data, declared)) or _broken_utf8(data) or _guess(data)
    return Decoded(text, "utf-8")


def _escaped(data: bytes) -> Decoded | None:
    """Read the seven-bit encodings of Japanese and Korean mail, which say of themselves what they are."""
    for codec in ("iso2022_kr", "iso2022_jp_2"):
        try:
            return Decoded(data.decode(codec), codec)
        except UnicodeDecodeError:
            continue
    return None


def _as_declared(data: bytes, codec: str) -> Decoded | None:
    """Read a file as it asks to be read, unless that is impossible or nonsense."""
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    if bad > 1 + len(text) // 1000:
        return None
    sample = _sample(data)
    high = len(_HIGH.findall(sample))
    ranks = {guess.codec: guess for guess in guess_codepage(sample)} if high >= _EXPECTED_HIGH else {}
    if codec in ranks:
        # "charset=iso-8859-1" from a template above Russian or Korean letters: the letters win.
        best = max(guess.score for guess in ranks.values())
        if best - ranks[codec].score > _DECLARED_NATS * high or guess_multibyte(sample):
            return None
    return Decoded(text, codec, guessed=False, confident=bad == 0)


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 or UTF-32 without a mark: its blanks and line ends hold NUL bytes."""
    best: tuple[float, str, str] | None = None
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        width = 4 if "32" in codec else 2
        whole = data[: len(data) - len(data) % width]
        text = whole.decode(codec, "replace")
        share = _wide_share(text)
        if share > 0.9 and (best is None or share > best[0]):  # noqa: PLR2004 - texts have .97 and more, binaries under .6
            best = (share, text, codec)
    return Decoded(best[1], best[2], guessed=True, confident=best[0] > 0.97) if best else None  # noqa: PLR2004


def _wide_share(text: str) -> float:
    """Share of characters that a text in one or two scripts is made of; 0 if there is no blank or line end."""
    sample = text[:SAMPLE_BYTES]
    if not sample or not re.search("[ \n\u3000-\u3002]", sample):
        return 0.0
    blocks: dict[int, int] = {}
    plain = 0
    for char in sample:
        point = ord(char)
        if char in "\t\n\r\f" or 0x20 <= point < 0x7F or 0x2000 <= point < 0x2070 or 0x3000 <= point < 0x3020:  # noqa: PLR2004
            plain += 1
        elif char.isalnum() or 0xA0 <= point < 0x370:  # noqa: PLR2004
            # Hangul and Han are one block each, everything else 256 characters.
            block = 0xAC if 0xAC00 <= point <= 0xD7A3 else 0x4E if 0x3040 <= point <= 0x9FFF else point >> 8  # noqa: PLR2004
            blocks[block] = blocks.get(block, 0) + 1
    # Bytes of ASCII text read in pairs are Han all over: they have no blanks between.
    common = sum(sorted(blocks.values(), reverse=True)[:3])
    return (plain + common) / len(sample)


def _broken_utf8(data: bytes) -> Decoded | None:
    """Read UTF-8 with a few bad bytes, or cut in the middle of a character."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    if good >= 1 and bad == 1 and _cut_at_end(data):
        return Decoded(text, "utf-8", guessed=True, confident=True)
    if bad and good >= 8 * bad:
        return Decoded(text, "utf-8", guessed=True, confident=good >= 50 * bad)
    return None


def _cut_at_end(data: bytes) -> bool:
    """Whether the only fault is a character that the end of the file cuts."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False


def _sample(data: bytes) -> bytes:
    """Take lines that hold bytes beyond ASCII, from the whole of a file, up to the size of a sample."""
    if len(data) <= SAMPLE_BYTES:
        return data
    taken: list[bytes] = []
    size = at = 0
    while size < SAMPLE_BYTES and (found := _HIGH.search(data, at)):
        high = found.start()
        # A line, or what of a longer one lies around the byte.
        low = max(at, high - _AROUND_BYTES)
        start = max(low, data.rfind(b"\n", low, high) + 1)
        end = data.find(b"\n", high, high + _AROUND_BYTES)
        at = end if end >= 0 else min(high + _AROUND_BYTES, len(data))
        taken.append(data[start:at])
        size += at - start + 1
    return b"\n".join(taken)


def _guess(data: bytes) -> Decoded:
    """Read what declares nothing and is no UTF-8."""
    sample = _sample(data)
    wide = guess_multibyte(sample)
    if wide:
        return _decode_multibyte(data, wide)
    return _decode_codepage(data, sample, guess_codepage(sample))


def _decode_multibyte(data: bytes, readings: list[Reading]) -> Decoded:
    best = readings[0]
    text = data.decode(best.codec, "replace")
    rival = next((other.share for other in readings[1:] if other.broken <= best.broken), 0.0)
    return Decoded(text, best.codec, guessed=True, confident=best.share - rival > 0.1 and best.broken <= 1)  # noqa: PLR2004


def _decode_codepage(data: bytes, sample: bytes, guesses: list[Guess]) -> Decoded:
    """Take the best reading; a rival counts only if it gives another text."""
    best = guesses[0]
    high = len(_HIGH.findall(sample))
    likely = best.score / max(1, high)
    text = sample.decode(best.codec, "replace")
    rival = next((guess for guess in guesses[1:] if sample.decode(guess.codec, "replace") != text), None)
    margin = best.score - rival.score if rival else _SURE_NATS
    if likely < _PLAUSIBLE_NATS and high >= _FOREIGN_HIGH:
        other = _second_opinion(sample)
        if other:
            return Decoded(data.decode(other, "replace"), other, guessed=True, confident=False)
    sure = margin >= _SURE_NATS and likely >= _PLAUSIBLE_NATS and high >= _SURE_HIGH
    return Decoded(data.decode(best.codec, "replace"), best.codec, guessed=True, confident=sure)


def _second_opinion(sample: bytes) -> str:
    """Ask charset-normalizer about bytes that are no language we have letters of (Greek, Hebrew, Thai)."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return codec_of(found.encoding) if found else ""
