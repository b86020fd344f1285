"""A reader of five languages types words and finds the documents that are meant."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.results import IndexReport, SearchResult
from searchkit.errors import QueryError

Found = Callable[..., set[str]]
Ask = Callable[..., SearchResult]
Refresh = Callable[..., IndexReport]

QUERIES = [
    ("협력", "ko.txt"),
    ("과학 기술", "ko.txt"),
    ("협력을 강화했다", "ko.txt"),
    ("체결하다", "ko.txt"),
    ("келісім", "kk.txt"),
    ("халық", "kk.txt"),
    ("кітап", "kk.txt"),
    ("kelisim", "kk.txt"),
    ("подписать", "ru.txt"),
    ("договоры", "ru.txt"),
    ("все зависит", "ru.txt"),
    ("Windkraft", "de.txt"),
    ("foerderung", "de.txt"),
    ("cooperation", "en.txt"),
    ("child", "en.txt"),
    ("organize", "en.txt"),
    ("universities", "en.txt"),
    ("memorandun", "en.txt"),
    ('"signed a memorandum"', "en.txt"),
    ('"memorandum countries"~5', "en.txt"),
    ("memor*", "en.txt"),
    ("m?morandum", "en.txt"),
    ("memorandom~1", "en.txt"),
    ("=memorandum", "en.txt"),
    ("rhkgkrrltnf", "ko.txt"),
    ("dogovor OR memorandum", "en.txt"),
    ("memorandum -Windkraft", "en.txt"),
    ("lang:de", "de.txt"),
]


@pytest.mark.parametrize(("query", "name"), QUERIES)
def test_a_query_finds_its_document_and_no_other(found: Found, query: str, name: str) -> None:
    """With default options."""
    assert found(query) == {name}


@pytest.mark.parametrize(
    "query", ["협정", "Abbildung", "Bezug", "organ", "universe", "=memorandums", '"memorandum signed"', "title:memorandum", "date:2024"]
)
def test_a_near_miss_finds_nothing(found: Found, query: str) -> None:
    """Precision is part of the promise."""
    assert found(query, fuzzy="off") == set()


def test_exclusions_alone_match_everything_else(found: Found) -> None:
    """``-word`` by itself."""
    assert found("-memorandum") == {"ko.txt", "kk.txt", "ru.txt", "de.txt"}


def test_up_to_three_words_must_all_be_there_if_they_can(found: Found) -> None:
    """Otherwise any of them will do."""
    assert found("memorandum universities") == {"en.txt"}
    assert found("memorandum Windkraft") == {"en.txt", "de.txt"}
    assert found("memorandum Windkraft", match="all") == set()


def test_conditions_narrow_down(found: Found, folder: Path) -> None:
    """Language, path, date."""
    assert found("memorandum Windkraft", in_languages=("de",)) == {"de.txt"}
    assert found("memorandum Windkraft", paths=("**/en.*",)) == {"en.txt"}
    assert found("memorandum Windkraft", paths=(f"{folder}/*",)) == {"de.txt", "en.txt"}
    assert found("memorandum", since="2020") == set()


def test_a_correction_is_told(refresh: Refresh, ask: Ask) -> None:
    """Unknown words are corrected by themselves, known ones are left alone."""
    refresh()

    unknown, known = ask("memorandun"), ask("memorandum")

    assert unknown.interpretation.corrections[0].suggestions[0] == "memorandum"
    assert unknown.interpretation.corrections[0].used
    assert known.interpretation.corrections == ()
    assert ask("memorandun", fuzzy="off").total == 0


def test_a_word_that_is_nowhere_is_told(refresh: Refresh, ask: Ask) -> None:
    """Even where nothing is like it and another word has hits."""
    refresh()

    corrections = ask("zzzqqq memorandum").interpretation.corrections

    assert [(each.word, each.suggestions, each.used) for each in corrections] == [("zzzqqq", (), False)]


def test_exact_outranks_inflected_outranks_fuzzy(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """In documents of the same length."""
    for name, word in (("1.txt", "Verhandlungen"), ("2.txt", "Verhandlung"), ("3.txt", "Verhandlumg")):
        (folder / name).write_text(f"Gestern begann die {word} in Bonn am Rhein.", "utf-8")
    refresh()

    hits = ask("Verhandlung", fuzzy="on").hits

    assert [Path(hit.path).name for hit in hits] == ["2.txt", "1.txt", "3.txt"]


def test_a_snippet_marks_what_matched_on_its_line(refresh: Refresh, ask: Ask) -> None:
    """An inflected form, a compound, a corrected word."""
    refresh()
    for query, marked, line in (
        ("Schüler", "Schüler", 3),
        ("Windkraft", "Windkraftanlagen", 1),
        ("memorandun", "memorandum", 1),
        ("협약", "협약은", 3),
    ):
        snippet = ask(query).hits[0].snippets[0]

        start, end = snippet.highlights[0]
        assert (snippet.text[start:end], snippet.line) == (marked, line)


def test_parts_are_marked_only_where_the_whole_is_missing(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """Who asks for Windkraft does not mean every Wind."""
    (folder / "whole.txt").write_text("Der Wind weht. Die Windkraft wächst mit dem Wind und der Kraft des Wassers.", "utf-8")
    (folder / "parts.txt").write_text("Mit der Kraft des Windes ist hier zu rechnen.", "utf-8")
    refresh()

    marks = {
        Path(hit.path).name: [hit.snippets[0].text[start:end] for start, end in hit.snippets[0].highlights]
        for hit in ask("Windkraft", match="any").hits
    }

    assert marks["whole.txt"] == ["Windkraft"]
    assert marks["parts.txt"] == ["Kraft", "Windes"]


def test_an_explanation_adds_up(refresh: Refresh, ask: Ask) -> None:
    """Its value is the score."""
    refresh()

    for hit in ask("universities memorandum", explain=True).hits:
        assert hit.explanation is not None
        assert hit.explanation.value == pytest.approx(hit.score, abs=1e-9)


def test_a_matched_word_is_named(refresh: Refresh, ask: Ask) -> None:
    """Of a query that only partly matched."""
    refresh()

    hits = ask("memorandum Windkraft").hits

    assert {hit.matched for hit in hits} == {("memorandum",), ("Windkraft",)}


@pytest.mark.parametrize(
    "query", ["", "?", "!!!", "(", '"', "\ud800", "\udced\udca0abc Schule", "AND", "a" * 3000, "👍🏽", "NOT", "--", "x:y", "12:30"]
)
def test_any_text_is_a_valid_query(refresh: Refresh, ask: Ask, query: str) -> None:
    """Plain is what does not parse."""
    refresh()

    assert ask(query).total >= 0


def test_a_bad_expression_is_refused_where_the_language_is_asked_for(refresh: Refresh, ask: Ask) -> None:
    """With the position."""
    refresh()

    with pytest.raises(QueryError) as caught:
        ask("(a AND", syntax="full")

    assert caught.value.position >= 0


def test_pages_join_without_a_gap(refresh: Refresh, ask: Ask) -> None:
    """Limit and offset cut one order."""
    refresh()
    everything = [hit.path for hit in ask("-nothing", limit=0, sort="path").hits]

    pages = [hit.path for start in (0, 2, 4) for hit in ask("-nothing", limit=2, offset=start, sort="path").hits]

    assert pages == everything == sorted(everything)


def test_a_current_folder_that_is_gone_stops_no_search(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody removed it under the shell; the index has an absolute path."""

    def gone() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("os.getcwd", gone)

    assert found("Windkraft") == {"de.txt"}
    assert found("Windkraft", paths=("**/de.*",)) == {"de.txt"}


def test_of_a_very_long_query_the_rarest_words_are_marked(refresh: Callable[..., IndexReport], ask: Callable[..., SearchResult]) -> None:
    """And the others are said not to be; the ranking has them all."""
    refresh()
    noise = " ".join(f"wort{number}" for number in range(100))

    result = ask(f"{noise} memorandum trade", syntax="plain", lang="en")

    assert [Path(hit.path).name for hit in result.hits] == ["en.txt"]
    assert {"memorandum", "trade"} >= set(result.hits[0].matched) > set()
    assert any("marked" in limit for limit in result.interpretation.limits)
