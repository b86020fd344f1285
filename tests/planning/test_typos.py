"""Generated typing errors: the word that was meant is suggested, first or among five."""

import json
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from searchkit.planning.edits import Candidates, closest
from searchkit.text.hangul import is_syllables
from searchkit.text.normalize import term_form
from searchkit.text.scripts import script_of
from searchkit.text.words import WORD
from tests.planning.typos import KINDS, around, mistype, typos

CORPUS = Path(__file__).parents[2] / "corpus"
SCRIPTS = {"ko": "Hang", "kk": "Cyrl", "ru": "Cyrl", "de": "Latn", "en": "Latn"}
TYPOS = 150
FIRST, AMONG_FIVE = 0.8, 0.95


@cache
def frequencies(code: str) -> Counter[str]:
    """Count in how many files of the sample documents each word of a language stands."""
    found: Counter[str] = Counter()
    for path in sorted(CORPUS.glob(f"{code}-*")):
        text = path.read_text("utf-8", errors="ignore")  # some are in older encodings, on purpose
        if path.suffix == ".jsonl":
            text = "\n".join(" ".join(str(value) for value in json.loads(line).values()) for line in text.splitlines())
        text = re.sub(r"<[^>]*>", " ", text)
        found.update({term_form(word) for word in WORD.findall(text) if script_of(word) == SCRIPTS[code]})
    return found


def can_be_mistyped(word: str) -> bool:
    """Tell whether a word is long enough that a correction may change it."""
    return is_syllables(word) and len(word) > 1 if script_of(word) == "Hang" else word.isalpha() and len(word) > 4


@pytest.mark.parametrize("code", SCRIPTS)
def test_the_intended_word_is_suggested(code: str) -> None:
    """First in four of five cases, among five in nineteen of twenty, on our own documents."""
    known = frequencies(code)
    words = sorted(word for word in known if can_be_mistyped(word))[:: max(1, len(known) // TYPOS // 2)]
    if len(words) < 20:
        pytest.skip(f"no sample documents in {code}")
    candidates = Candidates(known)
    cases = [(typo, word) for typo, word, _ in typos(words, code) if typo not in known][:TYPOS]

    found = [(word, [each.word for each in closest(typo, candidates)]) for typo, word in cases]

    first = sum(suggestions[:1] == [word] for word, suggestions in found) / len(found)
    among = sum(word in suggestions for word, suggestions in found) / len(found)
    assert (first >= FIRST, among >= AMONG_FIVE) == (True, True), f"{code}: first {first:.3f}, among five {among:.3f}"


@pytest.mark.parametrize(
    ("code", "word"), [("de", "förderung"), ("en", "science"), ("ru", "объект"), ("kk", "қазақстан"), ("ko", "과학기술")]
)
def test_the_generator_is_seeded_and_makes_every_kind(code: str, word: str) -> None:
    """The same errors on every run, none of them the word itself."""
    made = list(typos([word] * 50, code))

    assert made == list(typos([word] * 50, code))
    assert {kind for _, _, kind in made} == set(KINDS)
    assert all(typo != word for typo, _, _ in made)
    assert made != list(typos([word] * 50, code, seed=8))


def test_hangul_errors_are_composed() -> None:
    """A slip inside a syllable gives syllables again, not a row of jamo."""
    made = {typo for typo, _, kind in typos(["과학기술"] * 40, "ko") if kind == "neighbour"}

    assert sum(map(is_syllables, made)) > len(made) / 2


def test_kinds_that_cannot_happen_change_nothing() -> None:
    """A sign has no neighbours, the last letter no follower."""
    chance = random.Random(1)  # noqa: S311  # typing errors are no secret

    assert mistype("-", "en", chance, "neighbour") == "-"
    assert mistype("a", "en", chance, "transposed") == "a"
    assert set(around("kk")["қ"]) >= set("ұө")
