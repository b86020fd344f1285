"""What does a word cost that the index does not know?

    python typing_errors.py INDEX WORDS ERRORS

In one process, through the Python door: prints ``{"first", "later", "known", "yardstick"}``,
processor seconds of a query: with the first unknown word after opening, with a later one,
with a known one; and of ``rapidfuzz.process.extract`` over the same words.
WORDS and ERRORS are files, a word a line.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from searchkit import Index

EDITS = 2


def seconds(deed: Callable[[], object]) -> float:
    """Give the processor time of something."""
    began = time.process_time()
    deed()
    return time.process_time() - began


def main() -> None:
    """Measure, and print JSON."""
    index_folder, words_file, errors_file = sys.argv[1:]
    words = Path(words_file).read_text("utf-8").split()
    errors = Path(errors_file).read_text("utf-8").split()

    def ask(word: str) -> None:
        index.search(word, snippets=0)

    def yardstick(word: str) -> None:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        extract(word, words, scorer=OSA.distance, score_cutoff=EDITS, limit=5)

    index = Index.open(index_folder)
    ask(words[0])
    known = [seconds(lambda word=word: ask(word)) for word in words[1 : len(errors)]]
    first = seconds(lambda: ask(errors[0]))
    later, beside = [], []
    yardstick(errors[0])
    for error in errors[1:]:  # in turns
        later.append(seconds(lambda error=error: ask(error)))
        beside.append(seconds(lambda error=error: yardstick(error)))
    # Means: where the system counts by 4 ms, a median is 0 or 4.
    told = {"first": first, "later": statistics.mean(later), "known": statistics.mean(known), "yardstick": statistics.mean(beside)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
