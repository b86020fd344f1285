"""A short query is read under every language it may be in, a long one under its own first."""

import pytest

from searchkit.planning.scope import UNLIKELY, borrowed_script, query_scope

EVERY = frozenset({"ko", "kk", "ru", "de", "en"})


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("협력", {"ko"}),
        ("Institution", {"de", "en"}),
        ("келісім", {"kk", "ru"}),
        ("договор", {"kk", "ru"}),
        ("KAIST 협력", {"ko", "de", "en"}),
        ("2024", {"ko", "kk", "ru", "de", "en"}),
    ],
)
def test_scripts_decide_which_languages_are_tried(query: str, codes: set[str]) -> None:
    """Deciding between German and English on one word costs more than it gains."""
    assert {code for code, _ in query_scope(query, lang="auto", present=EVERY).weights} == codes


def test_a_question_is_read_in_its_own_language_first() -> None:
    """Four words say which; the others keep a little weight."""
    scope = query_scope("Wie viele Länder haben unterschrieben?", lang="auto", present=EVERY)

    assert scope.weights == (("de", 1.0), ("en", UNLIKELY))
    assert scope.guessed


def test_the_user_decides_if_he_wants() -> None:
    """--lang."""
    assert query_scope("Institution", lang="de", present=EVERY).weights == (("de", 1.0),)


def test_languages_that_the_index_lacks_are_not_tried() -> None:
    """Unless there is nothing else."""
    assert query_scope("Institution", lang="auto", present=frozenset({"en"})).weights == (("en", 1.0),)
    assert query_scope("협력", lang="auto", present=frozenset({"en"})).weights


def test_kazakh_is_tried_for_borrowed_letters_alone() -> None:
    """Latin and Arabic letters are first of all others'."""
    assert borrowed_script("gylym", EVERY) == ["kk"]
    assert borrowed_script("ғылым", EVERY) == []
    assert borrowed_script("gylym", frozenset({"en"})) == []
