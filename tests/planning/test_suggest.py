"""Which words of an index may be suggested."""

from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.planning.suggest import SUGGESTED_CHARS, Suggester
from searchkit.text.normalize import term_form

WORDS = st.text(alphabet="aeßü's", min_size=1, max_size=5).map(term_form) | st.just("x" * SUGGESTED_CHARS) | st.just("y" * 41)
TERMS = st.dictionaries(WORDS, st.integers(1, 5), max_size=8)


class _Lexicon:
    """A lexicon of German words alone."""

    state = "one"

    def __init__(self, body: dict[str, int], title: dict[str, int], lemmas: list[str]) -> None:
        self._terms = {"body_word_de": body, "title_word_de": title}
        self._lemmas = lemmas

    def fields(self) -> list[str]:
        return sorted(self._terms)

    def frequency(self, field: str, term: str) -> int:
        return self._terms[field].get(term, 0)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        return iter(sorted(pair for pair in self._terms[field].items() if pair[0].startswith(prefix)))

    def knows(self, language: str, lemma: str) -> bool:
        return language == "de" and lemma in self._lemmas

    def lemmas(self, language: str) -> list[str]:
        return self._lemmas if language == "de" else []

    def documents(self, field: str) -> int:
        return len(self._terms[field])


@given(body=TERMS, title=TERMS, lemmas=st.lists(st.text(alphabet="aeÄß", min_size=1, max_size=5) | WORDS, max_size=8))
@example(body={"tokayev's": 3}, title={"tokayev": 1}, lemmas=["Vertrag", "vertrag"])
@settings(max_examples=200, deadline=None)
def test_the_words_are_forms_owners_and_lemmas(body: dict[str, int], title: dict[str, int], lemmas: list[str]) -> None:
    """Each with the highest count of what it comes from; what nobody would mistype is left out."""
    expected: dict[str, int] = {}
    pairs = [*body.items(), *title.items()]
    pairs += [(term[:-2], count) for term, count in pairs if term.endswith("'s") and len(term) <= SUGGESTED_CHARS]
    for word, count in pairs + [(term_form(lemma), 1) for lemma in lemmas if len(lemma) <= SUGGESTED_CHARS]:
        if len(word) <= SUGGESTED_CHARS:
            expected[word] = max(count, expected.get(word, 0))

    candidates = Suggester(_Lexicon(body, title, lemmas)).candidates("de")

    assert {word: candidates.frequency(word) for word in candidates.words()} == expected
