"""The words of a phrase stand where the languages of the scope would have put them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import QueryWord, query_words
from searchkit.planning.phrases import WAYS, light_ways, phrases, stem_ways, surface_ways


def words(text: str, *codes: str) -> list[list[QueryWord]]:
    """Give each written word of a text under each of the languages."""
    return [list(under) for under in zip(*(query_words(text, code) for code in codes), strict=True)]


def test_a_slot_holds_the_terms_of_all_languages() -> None:
    """As many as there are readings; the next word follows at the next position."""
    (found,) = phrases([stem_ways("body", word) for word in words("great banks", "en", "de")], slop=2, weight=0.5)

    assert [offset for offset, _ in found.slots] == [0, 1]
    assert {field for field, _ in found.slots[1][1]} == {"body_stem_en", "body_stem_de"}
    assert (found.slop, found.weight) == (2, 0.5)


def test_a_word_goes_to_the_field_of_its_script() -> None:
    """Under any scope."""
    (found,) = phrases([stem_ways("title", word) for word in words("KAIST 협력", "ko")])

    assert [{field for field, _ in terms} for _, terms in found.slots] == [{"title_stem_en"}, {"title_stem_ko"}]


def test_morphemes_follow_each_other() -> None:
    """A Korean compound takes up as many positions as its parts would."""
    (found,) = phrases([stem_ways("body", word) for word in words("과학기술 협력", "ko")])

    assert [offset for offset, _ in found.slots] == [0, 1, 2]


def test_a_word_of_unsure_width_is_tried_in_each() -> None:
    """Languages disagree, or what is hyphenated here is joined there."""
    for text, codes in (("АҚШ-тың елшісі", ("kk", "ru")), ("co-operation ended", ("en",))):
        found = phrases([stem_ways("body", word) for word in words(text, *codes)])

        assert sorted(phrase.slots[-1][0] for phrase in found) == [1, 2]


def test_the_surface_of_a_hyphenated_word_is_the_whole() -> None:
    """Though it takes up the room of its parts; its lighter spellings stand beside it and its parts."""
    ((whole, ended),) = [[word[0] for word in words("Co-operation ended", "en")]]

    (written,) = phrases([surface_ways("body", [whole]), surface_ways("body", [ended])])
    (light,) = phrases([light_ways("body", [whole]), light_ways("body", [ended])])

    assert written.slots == ((0, (("body_word_en", "co-operation"),)), (2, (("body_word_en", "ended"),)))
    assert [offset for offset, _ in light.slots] == [0, 1, 2]
    assert {field for _, terms in light.slots for field, _ in terms} == {"body_word_en", "body_fold_en"}


@settings(max_examples=50, deadline=None)
@given(
    text=st.lists(st.sampled_from(["АҚШ-тың", "co-operation", "банк", "협력", "2024", "Café-Bar"]), min_size=1, max_size=8).map(" ".join)
)
def test_the_ways_of_a_phrase_are_few_and_none_is_empty(text: str) -> None:
    """However many of its words are of unsure width."""
    found = phrases([stem_ways("body", word) for word in words(text, "kk", "ru", "en", "ko")])

    assert 0 < len(found) <= WAYS
    assert all(terms for phrase in found for _, terms in phrase.slots)
