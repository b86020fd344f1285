"""In texts of the same length, what is nearer to the word of the query ranks higher."""

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.app.results import IndexReport, SearchResult

FILLERS = 12  # documents without the word: in their absence its idf says nothing
# Language, query, sentence, and what stands in it: as written, inflected, as a part of a compound or in another spelling.
ORDERS = [
    ("de", "Vertrag", "Der neue {} wurde gestern im Dorf sehr lange besprochen.", ("Vertrag", "Vertrags", "Mietvertrag")),
    ("de", "kraft", "Die neue {} wurde gestern im Dorf sehr lange besprochen.", ("Kraft", "Kräfte", "Windkraft")),
    ("de", "Schule", "Unsere {} wurde gestern im Dorf sehr lange besprochen.", ("Schule", "Schulen", "IT-Schule")),
    ("de", "Kurs", "Unser {} wurde gestern im Dorf sehr lange besprochen.", ("Kurs", "Kurse", "Online-Kurs")),
    ("de", "Foerderung", "Unsere {} wurde gestern im Dorf sehr lange besprochen.", ("Förderung", "Investitionsförderung")),
    ("ko", "협력", "어제 두 나라는 {} 문제를 오래 이야기했다.", ("협력", "협력의", "국제협력")),
    ("kk", "ғылым", "Кеше біздің ауылда {} туралы ұзақ әңгіме болды.", ("ғылым", "ғылымдар", "гылым")),
    ("en", "cafe", "The old {} opened yesterday in our village for everybody.", ("cafe", "cafes", "café")),
    ("ru", "договор", "Вчера в нашей деревне {} долго и шумно обсуждали.", ("договор", "договоры")),
]


@pytest.mark.parametrize(("code", "query", "sentence", "words"), ORDERS)
def test_the_word_then_its_forms_then_compounds(
    folder: Path,
    refresh: Callable[..., IndexReport],
    ask: Callable[..., SearchResult],
    code: str,
    query: str,
    sentence: str,
    words: tuple[str, ...],
) -> None:
    """The names of the files say nothing: sorted by them, the order would be the other way round."""
    for old in folder.iterdir():
        old.unlink()
    for at, word in enumerate(words):
        (folder / f"{len(words) - at}.txt").write_text(sentence.format(word), "utf-8")
    for at in range(FILLERS):
        (folder / f"without-{at}.txt").write_text(sentence.format(""), "utf-8")
    refresh(lang=code)
    hits = ask(query).hits
    scores = [hit.score for hit in hits]
    assert [words[len(words) - int(Path(hit.path).stem)] for hit in hits] == list(words)
    assert len(set(scores)) == len(scores)


def test_words_near_each_other_rank_above_words_far_apart_in_korean(
    folder: Path, refresh: Callable[..., IndexReport], ask: Callable[..., SearchResult]
) -> None:
    """Also where they do not stand side by side: a section that speaks of saving the history says so in one clause."""
    for old in folder.iterdir():
        old.unlink()
    between = ["서버가", "아침마다", "날씨를", "도시에", "알려", "주는", "동안", "사람들은", "밥을", "먹고", "산책을"]
    for name, gap in (("b-near", 2), ("a-far", len(between))):
        words = [*between[:gap], *between[gap:]]
        words[gap:gap] = ["히스토리를"]
        words[:0] = ["저장한다"]
        (folder / f"{name}.txt").write_text(" ".join(words) + ".", "utf-8")
    (folder / "other.txt").write_text("서버가 날씨를 알려 준다.", "utf-8")
    refresh(lang="ko")

    hits = ask("히스토리 저장하기").hits

    assert [Path(hit.path).stem for hit in hits] == ["b-near", "a-far"]
    assert hits[0].score > hits[1].score
