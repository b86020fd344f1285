"""A German compound is cut where a reader would cut it, and a simple word nowhere."""

import pytest

from searchkit.languages.compounds import MARK, Splitter, witnesses
from searchkit.languages.german import _dictionary

FORMS = {
    form: form
    for form in (
        *("Wind", "Kraft", "Anlage", "Arbeit", "Plan", "Zeit", "Tag", "Windkraft"),
        *("Windarbeit", "Arbeitsplan", "Arbeitszeit", "Tagesarbeit", "Zeitplan", "Kraftanlage"),
    )
} | {"Tages": "Tag", "Anlagen": "Anlage", "Verkeilteste": "Verkeilteste", "verkeilteste": "verkeilt"}


def cut(word: str, *, known: bool = True) -> str:
    """Write the parts of a word with bars between them."""
    return "|".join(part.surface for part in Splitter(_dictionary().get).split(word.lower(), known=known))


@pytest.mark.parametrize(
    "parts",
    [
        "wind|kraft|anlage",
        "forschungs|einrichtung",
        "bundes|forschungs|ministerium",
        "berufs|ausbildung",
        "schul|abschluss",
        "sprach|kurs",
        "erd|öl",
        "länder|spiel",
        "hunde|hütte",
        "augen|arzt",
        "hilfs|organisation",
        "land|wirtschafts|ministerium",
        "cyber|sicherheit",
        "lern|plattform",
        "grenz|übergang",
        "jahres|ende",
        "sonnen|sturm",
        "weizen|sorte",
    ],
)
def test_linking_elements_stay_with_the_first_part(parts: str) -> None:
    """-s-, -es-, -n-, -er-, -e-, none at all, and a first part cut short."""
    assert cut(parts.replace("|", "")) == parts


@pytest.mark.parametrize(
    "word",
    [
        "Abbildung",
        "Ausbildung",
        "Beziehung",
        "Zusammenarbeit",
        "Kooperation",
        "Generation",
        "Information",
        "Universität",
        "Botschaft",
        "Wirtschaft",
        "Gesellschaft",
        "Wissenschaft",
        "Deutschland",
        "Kasachstan",
        "Salzburg",
        "Verbraucher",
        "Mittwoch",
        "Reisende",
        "Diebstahl",
        "Haushalt",
        "Plattform",
        "Direktor",
        "Region",
        "Minister",
        "Vertrag",
        "Abkommen",
        "Verfahren",
        "Unternehmen",
        "Präsident",
        "Parlament",
        "Kindlein",
        "Freiheit",
        "Möglichkeit",
        "Regierung",
    ],
)
def test_simple_words_stay_whole(word: str) -> None:
    """Prefixes and suffixes are no parts, nor are chance likenesses and what names mean."""
    assert cut(word) == ""


@pytest.mark.parametrize(
    "word", ["Tokajew", "Nasarbajew", "Lukaschenko", "Selenskyj", "Schwarzenegger", "Kooperaton", "Univeristät", "Partnership"]
)
def test_names_and_mistypings_stay_whole(word: str) -> None:
    """A word that the dictionary lacks is cut only where its parts are beyond doubt."""
    assert cut(word, known=False) in ("", "partner|ship")


@pytest.mark.parametrize("parts", ["blockchain|technologie", "boden|stationen", "smartfarm|projekten"])
def test_a_new_compound_is_cut_before_a_sure_head(parts: str) -> None:
    """One first part may be unknown, and the last may be inflected."""
    assert cut(parts.replace("|", ""), known=False) == parts


def test_unknown_first_part_gets_the_longest_head() -> None:
    """Karriere|durchmarsch, or nothing: never Karrieredurch|marsch."""
    assert cut("Xylografiedurchmarsch", known=False) != "xylografiedurch|marsch"


def test_the_last_part_has_its_lemma() -> None:
    """The lemma of an unknown compound is that of its head."""
    parts = Splitter(_dictionary().get).split("bodenstationen", known=False)

    assert parts[-1].lemma == "station"


def test_witnesses_are_counted_from_the_dictionary_itself() -> None:
    """A noun that ends or begins other nouns is a part of compounds; an adjective written like a noun is no noun."""
    rows = dict(witnesses(FORMS))

    assert rows[MARK + "arbeit"].split() == ["2.0", "0.0", "2.0"]
    assert MARK + "verkeilteste" not in rows


@pytest.mark.parametrize("word", ["", "a", "ß" * 70, "öööööööööö", "windkraft1", "wind kraft", "\x00" * 9])
def test_anything_can_be_asked(word: str) -> None:
    """What is no noun has no parts."""
    assert Splitter(_dictionary().get).split(word, known=False) == ()
