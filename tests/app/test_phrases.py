"""A reader quotes words that stand together, whatever languages they are in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.results import IndexReport, SearchResult

Found = Callable[..., set[str]]
Ask = Callable[..., SearchResult]
Refresh = Callable[..., IndexReport]

TEXTS = {
    "ko.txt": "두 나라는 KAIST와의 협력을 강화하기로 하였다.\n\n"
    "대통령은 2024년 5월 14일 과학기술 협약에 서명하였다. 기술 발전과 과학은 다르다.\n",
    "ko-apart.txt": "협력은 좋은 일이다. KAIST와 다른 대학도 그렇다. 학생들이 학교에 갔다.\n",
    "kk.txt": "Былтыр Astana IT университетінің студенттері Алматыда болды.\n\nАстана қаласының әкімі АҚШ-тың елшісімен кездесті.\n",
    "kk-apart.txt": "Университет Астанада. IT мамандары Алматы қаласында жұмыс істейді, ал әкім елшімен кездескен жоқ.\n",
    "ru.txt": "Министры подписали важный договор о сотрудничестве с компанией Samsung Electronics в области науки.\n",
    "de.txt": "Der Ausbau der Windkraftanlagen beginnt im Mai. Die IT-Ausbildung in Baku wird gefördert.\n\n"
    "Wirtschaft und Handel wachsen, sagt das Team der Silk Road Foundation.\n",
    "de-apart.txt": "Handel und Wirtschaft wachsen. Der Ausbau dauert. In Baku steht eine Windkraftanlage; die Ausbildung ist gut.\n",
    "en.txt": "The Republic of Korea signed two memoranda on 14 May 2024.\n\nCo-operation in trade goes on; the universities were glad.\n",
    "light.txt": "Das Café am Markt bietet eine Förderung der Künste.\n\nSome people say that the naïve approach had failed again.\n",
    "en-apart.txt": "Korea is a republic. In May 14 people of 2024 villages wrote a memorandum and had it signed. Trade in cooperation.\n",
}


@pytest.fixture
def texts() -> dict[str, str]:
    """Texts in which words stand together, and texts in which they stand apart."""
    return TEXTS


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ('"KAIST와의 협력"', "ko.txt"),
        ('"KAIST 협력"~1', "ko.txt"),
        ('"Astana IT университеті"', "kk.txt"),
        ('"IT университет"', "kk.txt"),
        ('"Астана қаласы"', "kk.txt"),
        ('"АҚШ елшісі"', "kk.txt"),
        ('"АҚШ-тың елшісі"', "kk.txt"),
        ('"компания Samsung Electronics"', "ru.txt"),
        ('"Team der Silk Road Foundation"', "de.txt"),
        ('"Samsung Electronics"', "ru.txt"),
    ],
)
def test_a_phrase_crosses_languages(found: Found, query: str, name: str) -> None:
    """Each written word goes to the analyser of its script, and stands in its field."""
    assert found(query, fuzzy="off") == {name}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ('"협력을 강화하다"', "ko.txt"),
        ('"과학 기술 협약"', "ko.txt"),
        ('"важные договоры"', "ru.txt"),
        ('"signs two memorandum"', "en.txt"),
        ('"university were"', "en.txt"),
        ('"Ausbau der Windkraftanlage"', "de.txt"),
        ('"Ausbau der Windkraft"', "de.txt"),
        ('"Republic of Korea"', "en.txt"),
        ('"Wirtschaft und Handel"', "de.txt"),
        ('"IT-Ausbildung in Baku"', "de.txt"),
        ('"IT Ausbildung in Baku"', "de.txt"),
        ('"co-operation in trade"', "en.txt"),
        ('"14 May 2024"', "en.txt"),
        ('"2024년 5월 14일"', "ko.txt"),
        ('"cafe am Markt"', "light.txt"),
        ('"naïve approach"', "light.txt"),
        ('"naive approach"~1', "light.txt"),
        ('"Foerderung der Kuenste"', "light.txt"),
    ],
)
def test_a_phrase_is_found_in_any_form(found: Found, query: str, name: str) -> None:
    """Inflected words, parts of compounds, stop words, hyphens and numbers keep their places."""
    assert found(query, fuzzy="off") == {name}


@pytest.mark.parametrize(
    "query",
    [
        '"협력 KAIST"',
        '"университеті Astana IT"',
        '"Handel Wirtschaft"',
        '"Republic Korea"',
        '"Windkraft der Ausbau"',
        '"May 14 2024"',
        '"Korea KAIST"',
    ],
)
def test_a_phrase_keeps_its_order(found: Found, query: str) -> None:
    """And leaves out none of its words."""
    assert found(query, fuzzy="off") == set()


@pytest.mark.parametrize(
    ("exact", "inflected"),
    [
        ("KAIST와의 협력을", "KAIST와의 협력"),
        ("Astana IT университетінің", "Astana IT университеті"),
        ("важный договор", "важные договоры"),
        ("Ausbau der Windkraftanlagen", "Ausbau der Windkraft"),
        ("signed two memoranda", "signed two memorandum"),
        ("АҚШ-тың елшісімен", "АҚШ-тың елшісі"),
        ("IT-Ausbildung in Baku", "IT-Ausbildungen in Baku"),
    ],
)
def test_an_exact_phrase_stands_only_as_written(found: Found, exact: str, inflected: str) -> None:
    """With the sign, and with the option for all words."""
    assert len(found(f'="{exact}"')) == len(found(f'"{exact}"', exact=True)) == 1
    assert found(f'="{inflected}"') == found(f'"{inflected}"', exact=True) == set()


@pytest.mark.parametrize(
    ("left", "right", "name"),
    [
        ("협력", "KAIST", "ko.txt"),
        ("Korea", "Republic", "en.txt"),
        ("студент", "Astana", "kk.txt"),
        ("Windkraft", "Mai", "de.txt"),
        ("договор", "Samsung", "ru.txt"),
    ],
)
def test_words_near_each_other_are_found_in_either_order(found: Found, left: str, right: str, name: str) -> None:
    """As far apart as was asked for."""
    assert name in found(f'"{left} {right}"~5', fuzzy="off")
    assert found(f'"{left} {right}"~5', fuzzy="off") == found(f'"{right} {left}"~5', fuzzy="off")


def test_a_quoted_word_is_a_word(found: Found) -> None:
    """One, or none."""
    assert found('"memoranda"', fuzzy="off") == found("memoranda", fuzzy="off") == {"en.txt", "en-apart.txt"}
    assert found('="memoranda"') == {"en.txt"}
    assert found('""') == set()
    assert found('"" memoranda', fuzzy="off") == {"en.txt", "en-apart.txt"}


def test_a_phrase_in_the_title_is_found(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """By itself and as a title; it does not reach on into the text."""
    (folder / "page.md").write_text("---\ntitle: KAIST와의 협력 협정\n---\n\n체결 소식입니다.\n", "utf-8")
    refresh()

    def names(query: str) -> set[str]:
        return {Path(hit.path).name for hit in ask(query, fuzzy="off").hits}

    assert names('"KAIST와의 협력"') == {"ko.txt", "page.md"}
    assert names('title:"KAIST와의 협력"') == {"page.md"}
    assert names('"협정 체결"') == set()


def test_neighbours_rank_higher_across_languages(refresh: Refresh, folder: Path, ask: Ask) -> None:
    """Of two texts with the same words, the one in which they stand side by side."""
    (folder / "1.txt").write_text("KAIST 오늘 새로운 협력을 발표하였다고 한다.\n", "utf-8")
    (folder / "2.txt").write_text("오늘 새로운 KAIST 협력을 발표하였다고 한다.\n", "utf-8")
    refresh()

    scores = {Path(hit.path).name: hit.score for hit in ask("KAIST 협력", explain=True).hits}

    assert scores["2.txt"] > scores["1.txt"]
    for hit in ask('"KAIST 협력"', explain=True).hits:
        assert hit.explanation is not None
        assert hit.explanation.value == pytest.approx(hit.score, abs=1e-9)


def test_hyphens_matter_to_an_exact_phrase_alone(found: Found) -> None:
    """The parts of a hyphenated word are words of the text; a whole is not there where they stand apart."""
    assert found('="IT Ausbildung in Baku"') == {"de.txt"}
    assert found('="Astana-IT университетінің"') == set()
    assert found('"Astana-IT университеті"', fuzzy="off") == {"kk.txt"}
