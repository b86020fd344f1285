"""What the same keys write under another layout."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.planning.keyboards import layouts, neighbours
from searchkit.text.hangul import keystrokes

# The letters of each layout and, key by key, of the US one: drawn anew here, not taken from the product.
US = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
LETTERS = {
    "ru": dict(zip("йцукенгшщзхъфывапролджэячсмитьбю", US, strict=True)),
    "kk": dict(zip("йцукенгшщзхъфывапролджэячсмитьбюәіңғүұқөһ", US + "23458" + "90-=", strict=True)),
    "ko": dict(zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ", "qwertyuiopasdfghjklzxcvbnmQWERTOP", strict=True)),
    "de": dict(zip("qwertzuiopüasdfghjklöäyxcvbnmß", "qwertyuiop[asdfghjkl;'zxcvbnm-", strict=True)),
}
WORDS = {
    "ru": "привет жизнь наука сотрудничество объединение бюджет хозяйство эпоха ёлка щит юбилей Россия подъезд энергия",
    "kk": "қазақ ғылым әлем өнеркәсіп ұлттық үкімет ынтымақтастық жаңа білім кітап көмек һәм Қазақстан бағдарлама",
    "ko": "안녕 과학기술 협력 대한민국 까닭 값싼 예의 왜냐하면 쌍둥이 얘기 계획 우주항공 않는다 읽었다 교육부 뛰어쓰기",
    "de": "Zusammenarbeit Energie Grüße Öl Äpfel Straße Gymnasium zwanzig Wissenschaft für Universität",
    "en": "hello science cooperation energy world quality jazz maximum victory",
}


def typed_on_us(word: str, code: str) -> str:
    """Give what the keys of a word write on a US keyboard."""
    table = LETTERS[code] | {char.upper(): key.upper() for char, key in LETTERS[code].items() if char.islower() and key.isalpha()}
    table |= {char.upper(): dict(zip("[];',.", '{}:"<>', strict=True))[key] for char, key in LETTERS[code].items() if key in "[];',."}
    if code == "kk":
        table |= dict(zip("ӘІҢҒҮҰҚӨҺ", "@#$%*()_+", strict=True))
    return "".join("`" if char == "ё" else table[char] for char in (keystrokes(word) if code == "ko" else word))


@pytest.mark.parametrize(("code", "word"), [(code, word) for code in LETTERS for word in WORDS[code].split()])
def test_a_word_typed_on_a_us_keyboard_comes_back(code: str, word: str) -> None:
    """Every letter of every layout, capitals and signs too."""
    typed = typed_on_us(word, code)
    readings = [reading for reading, _ in layouts(typed)]

    assert typed == word or word in readings


@pytest.mark.parametrize("code", ["ru", "kk", "ko"])
@pytest.mark.parametrize("word", WORDS["en"].split())
def test_a_latin_word_typed_under_another_layout_comes_back(word: str, code: str) -> None:
    """руддщ, ㅗ디ㅣㅐ."""
    letters = {key: char for char, key in LETTERS[code].items()}
    typed = "".join(letters[char] for char in word)

    assert word in [reading.lower() for reading, _ in layouts(typed)]


@pytest.mark.parametrize(
    ("typed", "reading", "layout"),
    [
        ("dkssud", "안녕", "ko"),
        ("rhkgkrrltnf", "과학기술", "ko"),
        ("Dkssud", "안녕", "ko"),
        ("DKSSUD", "안녕", "ko"),
        ("dkssud!", "안녕", "ko"),
        ("2024sus", "2024년", "ko"),
        ("ghbdtn", "привет", "ru"),
        ("Ghbdtn,", "Привет", "ru"),
        (";bpym", "жизнь", "ru"),
        ("rzbuf", "книга", "ru"),
        ("0fpf0", "қазақ", "kk"),
        ("0аза0", "қазақ", "kk"),
        ("5ылым", "ғылым", "kk"),
        ("ㅗ디ㅣㅐ", "hello", "en"),
        ("\u1169디ㅣㅐ", "hello", "en"),
        ("руддщ", "hello", "en"),
        ("яусдуы", "zecles", "en"),
        ("yusammenarbeit", "zusammenarbeit", "de"),
        ("Gr[-e", "Grüße", "de"),
        ("zear", "year", "de"),
    ],
)
def test_readings(typed: str, reading: str, layout: str) -> None:
    """Each with the layout that was meant."""
    assert (reading, layout) in layouts(typed)


@pytest.mark.parametrize("word", ["a", "", "!!", "12345678", "word " * 20, "ᏣᎳᎩ", "ㅋㅋㅋㅋ", "-"])
def test_what_is_no_word_has_no_other_hangul_or_cyrillic_reading(word: str) -> None:
    """Digits alone are a number, one key is no word, and nobody mistypes a whole line."""
    assert [reading for reading, layout in layouts(word) if layout in {"ko", "ru"}] == []


@given(word=st.text(max_size=20) | st.text(alphabet="abcdyz;[',.абвәқ한ㅎㅏ123", max_size=12))
@settings(max_examples=100, deadline=None)
def test_readings_are_words_and_come_once(word: str) -> None:
    """Never the word itself, never a sign left inside."""
    readings = [reading for reading, _ in layouts(word)]

    assert len(readings) == len(set(readings))
    assert word not in readings
    assert all(reading.replace("-", "").isalnum() for reading in readings)


@pytest.mark.parametrize(
    ("layout", "key", "near"), [("en", "s", "weadzx"), ("de", "z", "tugh"), ("kk", "қ", "ұөщз"), ("ko", "ㅓ", "ㅕㅑㅗㅏㅜㅡ")]
)
def test_neighbours_of_a_key(layout: str, key: str, near: str) -> None:
    """The two beside it, and two or so above and below."""
    assert set(neighbours(layout)[key]) == set(near)
