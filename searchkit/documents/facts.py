"""Which date and which language does a file mean?

Dates and language tags as people and programs write them, to the forms of
``Document``.  What cannot be read with certainty is nothing.
"""

import re
from datetime import date

# By their first three letters: English, German, Russian (also in the genitive), Kazakh.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan янв қаң", "feb фев ақп", "mar mär мар нау", "apr апр сәу", "may mai мая май мам", "jun июн мау",
            "jul июл шіл", "aug авг там", "sep сен қыр", "oct okt окт қаз", "nov ноя қар", "dec dez дек жел",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\s])")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./년年]\s*(?:(\d{1,2})\s*[./월月]?\s*(?:(\d{1,2})\s*[.일日]?)?)?(?=$|[T\s])")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|T|\d{6}$)")
_WORDS = re.compile(r"(?:[^\W\d_]{2,3}\w*,\s*)?(\d{1,2})\.?\s+([^\W\d_]{3})[^\W\d_]*\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3})[^\W\d_]*\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)")
_OLDEST, _NEWEST = 1000, 2999

_THREE_LETTERS = {
    "kor": "ko", "kaz": "kk", "rus": "ru", "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "tur": "tr",
    "aze": "az", "uzb": "uz", "zho": "zh", "chi": "zh", "jpn": "ja", "ukr": "uk", "kir": "ky", "ita": "it", "por": "pt", "pol": "pl",
    "nld": "nl", "dut": "nl", "ara": "ar", "fas": "fa", "per": "fa", "tgk": "tg", "tuk": "tk", "mon": "mn", "bel": "be", "ces": "cs",
    "korean": "ko", "kazakh": "kk", "russian": "ru", "german": "de", "deutsch": "de", "english": "en", "french": "fr", "spanish": "es",
    "turkish": "tr", "chinese": "zh", "japanese": "ja", "ukrainian": "uk", "uzbek": "uz", "azerbaijani": "az", "한국어": "ko",
    "қазақша": "kk", "қазақ": "kk", "русский": "ru",
}  # fmt: skip
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*(?:\.[\w-]+)?")


def parse_date(written: str) -> str | None:
    """Read a date: ``YYYY-MM-DD``, or ``YYYY-MM`` or ``YYYY`` where no more is said; None if it is none."""
    text = written.strip()
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT):
        if found := pattern.match(text):
            return _date(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(text):
        return _date(found[3], found[2], found[1])
    if found := _WORDS.match(text):
        return _date(found[3], str(_MONTHS.get(found[2].lower(), 0)), found[1])
    if found := _MONTH_FIRST.match(text):
        return _date(found[3], str(_MONTHS.get(found[1].lower(), 0)), found[2])
    return None


def _date(year: str, month: str | None, day: str | None) -> str | None:
    """Write a date, if there is such a day."""
    if not _OLDEST <= int(year) <= _NEWEST:
        return None
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def parse_language(written: str) -> str:
    """Read a language tag (``ko-KR``, ``kaz``, ``de_DE.UTF-8``) or name: its ISO 639-1 code, or ""."""
    text = written.strip().lower()
    if text in _THREE_LETTERS:
        return _THREE_LETTERS[text]
    found = _TAG.fullmatch(text)
    if not found:
        return ""
    return found[1] if len(found[1]) == 2 else _THREE_LETTERS.get(found[1], "")  # noqa: PLR2004 - ISO 639-1


def one_line(text: str) -> str | None:
    """Put a title on one line; None if nothing is left of it."""
    return " ".join(text.split()) or None
