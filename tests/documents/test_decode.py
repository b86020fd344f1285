"""Bytes become the text that was meant, or are refused; a guess says that it is one."""

import codecs
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.documents.decode import NotTextError, decode_text
from tests.documents import texts

GUESSES = [
    *((codec, texts.RUSSIAN) for codec in ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "utf-16-le", "utf-16-be")),
    *((codec, texts.KAZAKH) for codec in ("kz1048", "ptcp154", "utf-16-le", "utf-16-be")),
    *((codec, texts.KOREAN) for codec in ("cp949", "euc-kr", "utf-16-le", "utf-16-be")),
    *((codec, texts.GERMAN) for codec in ("cp1252", "latin-1", "iso8859-15", "cp1250", "cp1254", "cp850", "utf-16-le", "utf-16-be")),
    *((codec, texts.FRENCH) for codec in ("cp1252", "cp1254")),
    *((codec, texts.FRENCH) for codec in ("iso8859-15", "mac-roman")),
    *((codec, texts.TURKISH) for codec in ("cp1254", "iso8859-9")),
    *((codec, texts.POLISH) for codec in ("cp1250", "iso8859-2")),
    *((codec, texts.UKRAINIAN) for codec in ("cp1251", "koi8-u")),
    *((codec, texts.JAPANESE) for codec in ("shift-jis", "euc-jp", "utf-16-le")),
    *((codec, texts.CHINESE) for codec in ("gb18030", "gb2312")),
    *((codec, texts.GREEK) for codec in ("cp1253", "iso8859-7")),
    ("cp1255", texts.HEBREW),
    ("cp1252", texts.ENGLISH),
    ("utf-16-le", texts.ENGLISH),
    ("utf-32-le", texts.GERMAN),
    ("utf-32-be", texts.KOREAN),
]


_SIMPLER = str.maketrans("«»–’“”", '""-\'""')


def for_codec(text: str, codec: str) -> str:
    """The text, with typewriter signs where the code page has no others."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return text.translate(_SIMPLER)
    return text


@pytest.mark.parametrize(("codec", "text"), GUESSES, ids=[f"{codec}-{text[:8]}" for codec, text in GUESSES])
def test_ordinary_text_is_guessed_right(codec: str, text: str) -> None:
    """No mark, no declaration: the letters say what the bytes mean, and the reader is told that it was a guess."""
    text = for_codec(text, codec)

    decoded = decode_text(text.encode(codec))

    assert decoded.text == text
    assert decoded.guessed
    assert text.encode(codec).decode(decoded.encoding) == text


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "kz1048", "ptcp154"])
def test_a_sentence_in_mixed_company_is_guessed_right(codec: str) -> None:
    """A program with Cyrillic comments has ten Latin letters for each Cyrillic one."""
    code = "\n".join(f"def function_{number}(argument, other):\n    return argument + other * {number}" for number in range(30))
    text = f"{code}\n# Эта функция складывает числа и возвращает результат умножения.\n{code}\n"

    assert decode_text(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-32", "utf-32")],
)
def test_a_mark_decides(codec: str, name: str) -> None:
    """A byte order mark is no guess, and no character of the text."""
    decoded = decode_text(texts.KAZAKH.encode(codec))

    assert decoded == (texts.KAZAKH, name, False, True)


def test_line_ends_are_one_character() -> None:
    """CRLF and CR alone end a line as LF does."""
    assert decode_text(b"a\r\nb\rc\nd").text == "a\nb\nc\nd"


@pytest.mark.parametrize(("codec", "text"), [("iso2022_jp", texts.JAPANESE), ("iso2022_kr", texts.KOREAN)])
def test_seven_bit_mail_says_what_it_is(codec: str, text: str) -> None:
    """Its escapes are no control characters of a binary file."""
    assert decode_text(text.encode(codec)).text == text


@pytest.mark.parametrize("label", ["windows-1251", "cp1251", "CP1251"])
def test_a_declaration_decides(label: str) -> None:
    """What the file says of itself is no guess."""
    decoded = decode_text(texts.RUSSIAN.encode("cp1251"), declared=label)

    assert (decoded.text, decoded.encoding, decoded.guessed) == (texts.RUSSIAN, "cp1251", False)


def test_a_declaration_decides_about_few_letters() -> None:
    """Where the letters cannot tell, the declaration can."""
    assert decode_text("Žižek".encode("cp1250"), declared="windows-1250").text == "Žižek"


def test_utf8_wins_over_a_false_declaration() -> None:
    """Templates say iso-8859-1 above pages that were saved as UTF-8 long since."""
    decoded = decode_text(texts.GERMAN.encode(), declared="iso-8859-1")

    assert (decoded.text, decoded.encoding) == (texts.GERMAN, "utf-8")


@pytest.mark.parametrize(("codec", "text"), [("cp1251", texts.RUSSIAN), ("ptcp154", texts.KAZAKH), ("cp949", texts.KOREAN)])
def test_letters_win_over_an_absurd_declaration(codec: str, text: str) -> None:
    """Russian bytes under "iso-8859-1" would be accented capitals all over."""
    assert decode_text(text.encode(codec), declared="iso-8859-1").text == text


def test_unknown_declaration_is_no_declaration() -> None:
    """A misspelt label, or the name of a codec that is no encoding, costs nothing."""
    for label in ("klingon-8", "rot13", "hex", "", "unicode_escape", "\x00"):
        assert decode_text(texts.GERMAN.encode(), declared=label).text == texts.GERMAN


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_cut_inside_a_character_is_utf8(cut: int) -> None:
    """The last character of a file that was cut off is lost, the others are not mojibake."""
    decoded = decode_text(texts.KOREAN.encode()[: -1 - cut] if texts.KOREAN.endswith(".") else b"")

    assert decoded.text[:-1] == texts.KOREAN[: len(decoded.text) - 1]
    assert decoded.text[-1] == "\ufffd"
    assert (decoded.encoding, decoded.guessed) == ("utf-8", True)


def test_utf8_with_a_few_bad_bytes_is_utf8() -> None:
    """Two bad bytes in a long file do not make it Latin-1."""
    data = texts.GERMAN.encode() * 20
    decoded = decode_text(data[:100] + b"\xff" + data[100:] + b"\xe9\n")

    assert decoded.encoding == "utf-8"
    assert decoded.guessed
    assert decoded.text.count("\ufffd") == 2


def test_little_evidence_is_said_to_be_little() -> None:
    """One byte beyond ASCII fits many code pages: the reader must hear of it."""
    decoded = decode_text(b"caf\xe9 au lait")

    assert decoded.text == "café au lait"
    assert decoded.guessed
    assert not decoded.confident


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.4\n1 0 obj << /Length 10 >> stream",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\x7fELF\x02\x01\x01" + bytes(64),
        bytes(range(256)) * 8,
        b"\x00" * 100,
        b"text" + b"\x00\x01\x02\x03" * 50,
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    """Bytes that are no text in any encoding are no document."""
    with pytest.raises(NotTextError) as caught:
        decode_text(data)

    assert caught.value.reason == "binary file"


@given(data=st.binary(max_size=400), declared=st.sampled_from(["", "utf-8", "cp1251", "euc-kr", "iso-2022-jp", "utf-16", "nonsense"]))
@example(data=b"\xff\xfe", declared="")
@example(data=b"\xef\xbb\xbf", declared="")
@example(data=b"\xff\xfe\x00\xd8", declared="")
@example(data=b"\x81", declared="cp949")
@settings(max_examples=100, deadline=None)
def test_any_bytes_decode_or_are_refused(data: bytes, declared: str) -> None:
    """Nothing but ``NotTextError`` comes out, and no text that cannot be written again."""
    try:
        decoded = decode_text(data, declared=declared)
    except NotTextError:
        return

    decoded.text.encode("utf-8")
    assert "\r" not in decoded.text
    assert codecs.lookup(decoded.encoding)


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
@settings(max_examples=100, deadline=None)
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    """Whatever is valid UTF-8 is read as that."""
    assert decode_text(text.encode()).text == text.removeprefix("\ufeff")


def test_one_endless_line_takes_no_time() -> None:
    """A minified file with a few odd bytes at its end: the sample is taken around them."""
    data = b"x = 1; " * 300_000 + texts.RUSSIAN.encode("cp1251")
    began = time.process_time()

    decoded = decode_text(data)

    assert decoded.text.endswith(texts.RUSSIAN)
    assert time.process_time() - began < 2
