"""What one run found out about words is what the next one is told, and nothing else is."""

import os
from pathlib import Path

import pytest

from searchkit import formcache
from searchkit.analysis import DocumentAnalyzer, form_of
from searchkit.batches import BatchAnalyzer
from searchkit.documents.model import Document
from searchkit.engine.contract import Form
from searchkit.engine.forms import pack, unpack
from searchkit.formcache import FormCache
from searchkit.languages.german import German
from searchkit.languages.registry import language

VOCABULARY = Path(__file__).parent / "languages" / "vocabulary"
ODD = ["co-operation", "IT-Ausbildung", "café-bar", "12.04.2024", "İstanbul", "ſtraße", "АҚШ-тың", "1,000", "x" * 600, "ab\x1fc"]


def words(code: str) -> list[str]:
    """Give the words of a vocabulary file."""
    lines = (VOCABULARY / f"{code}.tsv").read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys([*(line.split("\t")[0] for line in lines if line and line[0] != "#"), *ODD]))[:3000]


def of(code: str, word: str) -> Form:
    """Analyse a word."""
    return form_of(code, word, language(code).analyze(word))


def known(cache: FormCache, code: str, word: str) -> Form | None:
    """Give what a cache knows of a word."""
    line = cache.get(code, word)
    return unpack(line) if line else None


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three forms be worth a file."""
    monkeypatch.setattr(formcache, "FEWEST", 3)


def filled(folder: Path, code: str, found: list[str], made_of: str = "now") -> None:
    """Let a run analyse some words."""
    cache = FormCache(str(folder), made_of)
    for word in found:
        line = pack(of(code, word))
        assert isinstance(line, bytes)
        cache.add(code, word, line)
    cache.write()


@pytest.mark.usefixtures("few")
def test_the_next_run_is_told(tmp_path: Path) -> None:
    """Words of all runs before, in however many files they are."""
    every = words("de")[:200]
    for start in range(0, 200, 20):
        filled(tmp_path, "de", every[start : start + 20])
    cache = FormCache(str(tmp_path), "now")

    assert [known(cache, "de", word) for word in every] == [of("de", word) for word in every]
    assert known(cache, "en", every[0]) is None
    assert len(os.listdir(tmp_path)) < 6


@pytest.mark.usefixtures("few")
def test_other_ingredients_are_not_believed(tmp_path: Path) -> None:
    """An analyser that has changed says anew; the files of the old one stay for whoever still has it."""
    filled(tmp_path, "de", ["Haus", "Maus", "Laus"], "then")

    assert known(FormCache(str(tmp_path), "now"), "de", "Haus") is None
    assert known(FormCache(str(tmp_path), "then"), "de", "Haus") == of("de", "Haus")


@pytest.mark.usefixtures("few")
def test_the_oldest_files_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of other ingredients first; what was just written stays."""
    filled(tmp_path, "de", words("de")[:100], "then")
    monkeypatch.setattr(formcache, "MOST_BYTES", 2_000)
    filled(tmp_path, "de", ["Haus", "Maus", "Laus"])

    assert known(FormCache(str(tmp_path), "then"), "de", words("de")[0]) is None
    assert known(FormCache(str(tmp_path), "now"), "de", "Haus") == of("de", "Haus")


def test_few_forms_are_not_worth_a_file(tmp_path: Path) -> None:
    """One changed document leaves nothing behind."""
    filled(tmp_path, "de", ["Haus", "Maus", "Laus"])

    assert os.listdir(tmp_path) == []


@pytest.mark.usefixtures("few")
def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    """Words are analysed then."""
    (tmp_path / "file").write_text("")
    filled(tmp_path / "file", "de", ["Haus", "Maus", "Laus"])

    assert known(FormCache(str(tmp_path / "file"), "now"), "de", "Haus") is None


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("rest", [0, 10, 100, 2000])
def test_a_file_cut_short_is_no_file(tmp_path: Path, rest: int) -> None:
    """As a full disk or a power loss leaves it."""
    filled(tmp_path, "de", words("de")[:100])
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:rest])

    assert known(FormCache(str(tmp_path), "now"), "de", words("de")[0]) is None


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("code", sorted(formcache.CODES))
def test_what_a_language_says_is_kept_to_the_letter(tmp_path: Path, code: str) -> None:
    """For the words of every language, odd ones among them."""
    every = words(code)
    filled(tmp_path, code, every)
    cache = FormCache(str(tmp_path), "now")

    assert [known(cache, code, word) for word in every] == [of(code, word) for word in every]


@pytest.mark.usefixtures("few")
def test_a_line_that_is_not_whole_is_not_believed(tmp_path: Path) -> None:
    """One bit changes anywhere, in one place after the other, also in the checksum."""
    every = ["Windkraftanlagen", "Häuser", "Bäume"]
    filled(tmp_path, "de", every)
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    said = {word: of("de", word) for word in every}
    believed = 0
    for at in range(whole.index(b"de Windkraftanlagen"), len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        cache = FormCache(str(tmp_path), "now")
        found = {word: known(cache, "de", word) for word in every}
        assert all(form in (None, said[word]) for word, form in found.items()), at
        believed += sum(form is not None for form in found.values())

    assert believed > 0


@pytest.mark.usefixtures("few")
def test_known_words_are_not_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run gives the same documents and asks no language."""
    texts = [
        "Die Windkraftanlagen stehen still. Children went home.",
        "두 나라의 대학은 협정을 체결했다.",
        "Екі елдің университеттері келісті.",
    ]
    documents = [Document(str(number), "/a", None, text) for number, text in enumerate(texts)]
    first = FormCache(str(tmp_path), "now")
    before = BatchAnalyzer(first)
    analyzed = [list(document.forms) for document in before.documents(documents, ["auto"] * 3)]
    first.write()
    monkeypatch.setattr(German, "analyze", lambda *_: pytest.fail("analysed"))
    after = BatchAnalyzer(FormCache(str(tmp_path), "now"))

    assert [list(document.forms) for document in after.documents(documents, ["auto"] * 3)] == analyzed
    assert list(after.forms) == list(before.forms)


def test_a_word_is_known_in_its_context_only(tmp_path: Path) -> None:
    """감기는 is a cold, or winding: what its sentence said of it is no answer for another sentence."""
    texts = ["감기는 무섭다.", "실을 감기는 쉽다.", "감기는"]
    cache = FormCache(str(tmp_path), "now")
    twice = [DocumentAnalyzer(cache), DocumentAnalyzer(cache), DocumentAnalyzer()]
    found = [
        [[analyzer.forms[row] for row in analyzer.document(Document("1", "/a", None, text)).forms] for text in texts] for analyzer in twice
    ]

    assert found[0] == found[1] == found[2]


def test_ingredients_change_with_a_file_of_data(tmp_path: Path) -> None:
    """By size or time."""
    path = tmp_path / "stems.tsv"
    path.write_text("a")
    facts = [formcache._facts(str(tmp_path))]  # noqa: SLF001 -- what all of it is made of
    path.write_text("ab")
    facts.append(formcache._facts(str(tmp_path)))  # noqa: SLF001
    os.utime(path, (1, 1))
    facts.append(formcache._facts(str(tmp_path)))  # noqa: SLF001

    assert len(set(map(tuple, facts))) == 3
