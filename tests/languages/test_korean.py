"""What is particular to Korean: sentences decide, spacing does not, unknown names hold together."""

import time

import pytest

from searchkit.languages._hangul import dictionary_form, irregular, standard_spelling, without_particle
from searchkit.languages.base import Analysis
from searchkit.languages.korean import Korean, _told, morphemes
from searchkit.text.words import word_spans

KOREAN = Korean()


def analyses(text: str) -> list[Analysis]:
    """Analyse a text as an index does."""
    return KOREAN.analyze_sentence(text, word_spans(text))


def first_terms(text: str) -> list[tuple[str, ...]]:
    """Give the terms of the first reading of every word."""
    return [tuple(term for term, _ in analysis.readings[0].terms) for analysis in analyses(text)]


def places(text: str) -> list[tuple[str, int]]:
    """Give the terms of the first readings with their positions in the text."""
    out = []
    base = 0
    for analysis in analyses(text):
        out += [(term, base + inner) for term, inner in analysis.readings[0].terms]
        base += analysis.stem_width
    return out


def test_sentence_gives_its_content() -> None:
    """Particles, endings and light verbs leave no term."""
    terms = first_terms("양국은 협정을 체결하였으며 과학기술 협력을 강화하기로 했다.")

    assert terms == [("양국",), ("협정",), ("체결",), ("과학", "기술"), ("협력",), ("강화",), ("하다",)]


@pytest.mark.parametrize(
    ("joined", "apart"), [("과학기술", "과학 기술"), ("인재육성", "인재 육성"), ("자유무역협정", "자유 무역 협정"), ("물관리", "물 관리")]
)
def test_spacing_changes_no_position(joined: str, apart: str) -> None:
    """People write compounds with a blank and without; a phrase query must not care."""
    assert places(joined) == places(apart)


def test_morphemes_stay_with_the_word_they_begin_in() -> None:
    """A number and its counter, a Latin name and its particle are two written words each."""
    assert first_terms("2024년 KAIST와 3개국이") == [("2024",), ("년",), ("kaist",), ("와",), ("3",), ("개국",)]


def test_a_bound_syllable_is_no_term_of_its_own() -> None:
    """과학자 must not find a text with 과학 and any 자; it stands where 과학 stands."""
    reading = KOREAN.analyze("과학자").readings[0]

    assert reading.terms == (("과학", 0), ("과학자", 0))


@pytest.mark.parametrize("particle", ["", "는", "가", "의", "에게", "와", "로", "도", "까지", "에서는"])
@pytest.mark.parametrize("name", ["토카예바", "아스타나", "어트리뷰트", "카라간다", "나자르바예바", "소비에트", "쿠르만갈리예바"])
def test_a_name_holds_together(name: str, particle: str) -> None:
    """MeCab cuts unknown names otherwise before every particle: 토카/예프, 토카/예/프로."""
    readings = KOREAN.analyze(name + particle).readings
    plain = {reading.terms for reading in KOREAN.analyze(name).readings}

    assert any(reading.terms in plain for reading in readings)


def test_a_name_at_the_end_keeps_its_last_syllable() -> None:
    """Alone, 아스타나 is 아스/타나 and 상하이 is 상하 + 이 to MeCab."""
    assert [first_terms(text)[-1] for text in ("아스타나", "수도 아스타나", "상하이")] == [("아스타나",), ("아스타나",), ("상하이",)]


def test_hanja_are_read() -> None:
    """韓國 is found by 한국, as a second reading."""
    readings = KOREAN.analyze("韓國").readings

    assert [reading.terms for reading in readings] == [(("韓國", 0),), (("한국", 0),)]
    assert readings[1].weight < readings[0].weight


def test_a_letter_typed_for_a_dot_parts_words() -> None:
    """Statutes write 이의신청ㆍ심사청구 with U+318D, which Unicode counts as a letter."""
    analysis = KOREAN.analyze("이의신청ㆍ심사청구")

    assert [word for word, _ in analysis.words[1:]] == ["이의신청", "심사청구"]
    assert {"이의신청", "심사", "청구"} <= {term for term, _ in analysis.readings[0].terms}


def test_zero_width_characters_part_no_word() -> None:
    """A soft hyphen or a zero-width blank inside a word is no letter of it."""
    assert KOREAN.analyze("협\u00ad력을").readings == KOREAN.analyze("협력을").readings
    assert KOREAN.analyze("과학\u200b기술").readings == KOREAN.analyze("과학기술").readings


def test_control_characters_stop_nothing() -> None:
    """MeCab ends a text at U+0000; what follows is a text too."""
    text = "협력\x00강화를"

    assert first_terms(text) == [("협력",), ("강화",)]


def test_lemmas_are_what_a_person_would_type() -> None:
    """The compound as written, the noun and its verb, the predicate with 다; no split into syllables."""
    lemmas = {word: KOREAN.analyze(word).lemmas for word in ("과학기술을", "강화했다", "도왔다", "토카예프의", "과학자들은")}

    assert lemmas["과학기술을"] == ("과학기술", "과학", "기술")
    assert lemmas["강화했다"] == ("강화", "강화하다")
    assert lemmas["도왔다"] == ("돕다",)
    assert lemmas["토카예프의"][0] == "토카예프"
    assert lemmas["과학자들은"] == ("과학자", "과학")


def test_a_part_of_a_typo_makes_it_no_known_word() -> None:
    """과학기슬 holds 과학, and is a slip for 과학기술 all the same."""
    assert KOREAN.query("과학기슬").lemmas == ("과학기슬",)
    assert KOREAN.query("강화했다").lemmas == ("강화", "강화하다")


def test_what_only_asks_or_joins_is_no_content_of_a_query() -> None:
    """`KAIST와` is two written words; 무엇인가 stands in the question, not in the answer."""
    assert {"와", "에서는", "무엇인가", "누구"} <= KOREAN.stop_words
    assert not {"만", "협력", "물"} & KOREAN.stop_words


def test_bigrams_cover_the_written_word() -> None:
    """The gram channel holds the word's own pairs of syllables, each once."""
    assert KOREAN.analyze("과학기술").grams == ("과학", "학기", "기술")
    assert KOREAN.analyze("물").grams == ()


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("농민들에게", "농민"),
        ("위성으로", "위성"),
        ("바다로", "바다"),
        ("서울로", "서울"),
        ("나라를", "나라"),
        ("물은", "물은"),
        ("강가", "강가"),
    ],
)
def test_particles_follow_their_sounds(word: str, bare: str) -> None:
    """으로 stands after a consonant but ㄹ, 를 after a vowel; one syllable is no noun to be sure of."""
    assert without_particle(word) == bare


@pytest.mark.parametrize(
    ("form", "words"), [("지어", ("짓다",)), ("걸어서", ("걷다",)), ("이끄는", ("이끌다",)), ("이르렀다", ("이르다",)), ("협력", ())]
)
def test_irregular_forms_are_known(form: str, words: tuple[str, ...]) -> None:
    """Where MeCab cuts a regular predicate, the irregular one is told."""
    assert irregular(form) == words


@pytest.mark.parametrize(
    ("stem", "word"), [("만드", "만들다"), ("깨달", "깨닫다"), ("이루어지", "이루다"), ("떨어지", "떨어지다"), ("가", "가다")]
)
def test_stems_get_their_dictionary_form(stem: str, word: str) -> None:
    """MeCab's stems are not always those of a dictionary."""
    assert dictionary_form(stem) == word


@pytest.mark.parametrize(("written", "standard"), [("컨텐츠", "콘텐츠"), ("벤쳐", "벤처"), ("쥬라기", "주라기"), ("협력", "협력")])
def test_loanwords_have_one_spelling(written: str, standard: str) -> None:
    """By a table for the usual ones, by rule for glides after ㅈ and ㅊ."""
    assert standard_spelling(written) == standard


def test_a_long_text_is_analysed_in_reasonable_time() -> None:
    """Ten times slower than measured (250,000 characters a second, a core) would be a fault."""
    sentences = [f"양국은 {year}년 과학기술 협력 협정을 체결하였으며 위성 자료를 함께 쓰기로 했다." for year in range(1000)]
    begin = time.process_time()

    for sentence in sentences:
        analyses(sentence)

    assert sum(map(len, sentences)) / (time.process_time() - begin) > 25_000


@pytest.mark.parametrize(
    "sentence",
    [
        "본 튜토리얼에서도 해당 코드네임을 사용할 예정입니다.",  # MeCab has a blank inside what it says of 튜토리얼
        "두  나라의   대학은 '협정'을 체결했다.",
        " 앞뒤로 빈칸 ",
        "if (…) else ‘그’는 가Ð나 다\u3000라",
        "KAIST와 2019년 3월의 이의신청ㆍ심사청구, 그리고… 끝",
        "탭\t과\x1d표지 \ud800 반쪽",
        "",
    ],
)
def test_each_word_has_the_morphemes_that_begin_in_it(sentence: str) -> None:
    """Wherever blanks and signs stand: what one walk along the sentence gives is what looking at every place gives."""
    spans = word_spans(sentence)
    found = morphemes(sentence)
    expected = [tuple((at - start, surface, feature) for at, surface, feature in found if start <= at < end) for start, end in spans]

    assert [_told(context)[0] for context in KOREAN.contexts(sentence, spans)] == expected
