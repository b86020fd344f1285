"""Dates and languages are read as people write them, and nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.documents.facts import parse_date, parse_language


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-06-12", "2024-06-12"), ("2024-06-12T10:00:00Z", "2024-06-12"), ("2024-06-12 10:00:00 +0900", "2024-06-12"),
        ("2024-6-2", "2024-06-02"), ("2024-06", "2024-06"), ("2024", "2024"), ("2024/06/12", "2024-06-12"), ("2024.06.12", "2024-06-12"),
        ("2024년 6월 12일", "2024-06-12"), ("12.06.2024", "2024-06-12"), ("20240612", "2024-06-12"), ("12 June 2024", "2024-06-12"),
        ("June 12, 2024", "2024-06-12"), ("Wed, 12 Jun 2024 10:00:00 GMT", "2024-06-12"), ("12. Juni 2024", "2024-06-12"),
        ("12 июня 2024 г.", "2024-06-12"), ("12 маусым 2024", "2024-06-12"), ("2024-02-30", None),
        ("yesterday", None), ("", None), ("0000-01-01", None),

        ("12/06/2024", None),
    ],
)  # fmt: skip
def test_date(written: str, date: str | None) -> None:
    """12/06 is June in one country and December in another: no date."""
    assert parse_date(written) == date


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ko-KR", "ko"),
        ("kaz", "kk"),
        ("de_DE.UTF-8", "de"),
        ("EN", "en"),
        ("русский", "ru"),
        ("zh-Hant-TW", "zh"),
        ("none at all", ""),
        ("", ""),
        ("xyz", ""),
    ],
)
def test_language(written: str, code: str) -> None:
    """ISO 639-1 or nothing."""
    assert parse_language(written) == code


@given(written=st.text())
def test_anything_can_be_written(written: str) -> None:
    """No text is an error."""
    date = parse_date(written)

    assert date is None or len(date) in (4, 7, 10)
    assert len(parse_language(written)) in (0, 2)
