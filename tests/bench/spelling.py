"""How often is the word that was meant suggested for a typing error?

    python tests/bench/spelling.py COLLECTIONS [--typos 1000]

COLLECTIONS is a folder of collections in the BEIR layout, each named after its
language (``de-…``).  The words of a language's collections, with their document
frequencies, are the candidates; words drawn from them at random are mistyped by
``tests/planning/typos.py``.  A typo that is itself a word is no typo.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "planning"))

from typos import typos

from searchkit.planning.edits import Candidates, closest
from searchkit.text.hangul import is_syllables
from searchkit.text.normalize import term_form
from searchkit.text.scripts import script_of
from searchkit.text.words import WORD

SCRIPTS = {"ko": "Hang", "kk": "Cyrl", "ru": "Cyrl", "de": "Latn", "en": "Latn"}
SHORTEST = {"ko": 2}  # letters, or syllables; shorter words may have no edit
LETTERS = 5


class Row(NamedTuple):
    """A language's figures: ``first`` and ``among_five`` from 0 to 1, the median of the times."""

    language: str
    words: int
    typos: int
    first: float
    among_five: float
    milliseconds: float


def frequencies(collections: Path, code: str) -> Counter[str]:
    """Count in how many documents each word of a language's script stands, over its collections."""
    found: Counter[str] = Counter()
    for path in sorted(collections.glob(f"{code}-*/corpus.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                text = f"{document.get('title') or ''}\n{document['text']}"
                found.update({form for form in map(term_form, WORD.findall(text)) if script_of(form) == SCRIPTS[code]})
    return found


def measure(collections: Path, code: str, count: int) -> Row | None:
    """Mistype a language's words; None where there is no collection of it."""
    known = frequencies(collections, code)
    if not known:
        return None
    long_enough = [word for word in known if len(word) >= SHORTEST.get(code, LETTERS)]
    words = [word for word in long_enough if (is_syllables(word) if code == "ko" else word.isalpha())]
    chance = random.Random(7)  # a sample, no secret
    cases = [(typo, word) for typo, word, _ in typos(chance.sample(words, min(2 * count, len(words))), code) if typo not in known][:count]
    candidates = Candidates(known)
    candidates.within("", 0)  # prepares them
    first = among = 0
    took: list[float] = []
    for typo, word in cases:
        began = time.perf_counter()
        found = [each.word for each in closest(typo, candidates)]
        took.append(time.perf_counter() - began)
        first += found[:1] == [word]
        among += word in found
    return Row(code, len(known), len(cases), first / len(cases), among / len(cases), 1000 * sorted(took)[len(took) // 2])


def main() -> None:
    """Print a line a language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", type=Path)
    parser.add_argument("--typos", type=int, default=1000, help="of each language")
    chosen = parser.parse_args()
    print("| language | words | typos | first | among five | ms |\n|---|---|---|---|---|---|")  # a command
    for code in SCRIPTS:
        row = measure(chosen.collections, code, chosen.typos)
        if row:
            figures = f"{row.words:,} | {row.typos:,} | {row.first:.3f} | {row.among_five:.3f} | {row.milliseconds:.0f}"
            print(f"| {code} | {figures} |")


if __name__ == "__main__":
    main()
