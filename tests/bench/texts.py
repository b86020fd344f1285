"""What do the texts look like that speed is measured on?

Made from a seed, of real words (``lexicons``) in no order that means anything.
They have what the work of an index depends on: few words that are everywhere
and many that are rare (Zipf), new words without end (Heaps), documents that
keep coming back to words of their own, names and numbers, sentences and
paragraphs, 50 to 500 words a document.
"""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import lexicons

FEWEST, MOST = 50, 500  # words of a document; their logarithm is what is even
FUNCTION = 0.42  # of the words of a text; Korean has particles instead
THEME = 0.3  # of the content words are the document's own ...
THEME_WORDS = 12  # ... few
RARE = 0.03  # names and numbers
ZIPF, MANDELBROT = 1.05, 8.0  # (rank + 8) ** -1.05: some 50,000 forms in 400,000 words
ENGLISH_ZIPF = 1.2  # English inflects less: 35,000 in 500,000
SENTENCE = (5, 24)
PARAGRAPH = (2, 7)
RECORDS = 2_000  # documents of a JSON Lines file
SYLLABLES = {
    "ko": ["가", "나", "도", "림", "선", "윤", "태", "희"],
    "kk": ["ай", "бек", "да", "нұр", "сұл", "тан", "ғал", "әли"],
    "ru": ["ва", "де", "ков", "лин", "мир", "но", "ро", "ский"],
}
LATIN = ["ba", "den", "ko", "lin", "mar", "ro", "sal", "ti"]


class Text(NamedTuple):
    """A document.

    Attributes:
        code: its language.
        title: a few of its own words.
        body: the text.
        own: the words that it comes back to, the most frequent first.
    """

    code: str
    title: str
    body: str
    own: list[str]


class Writer:
    """Writes documents in one language, the same ones for the same seed."""

    def __init__(self, code: str, seed: int = 1) -> None:
        self._code = code
        self._draw = random.Random(f"{code} {seed}")
        self._function, self._content = lexicons.words(code)
        self._function_weights = _zipf(len(self._function), ZIPF)
        self._content_weights = _zipf(len(self._content), ENGLISH_ZIPF if code == "en" else ZIPF)
        self._stock: list[str] = []

    def __iter__(self) -> Iterator[Text]:
        """Write without end."""
        while True:
            yield self.document()

    def document(self) -> Text:
        """Write the next document."""
        draw = self._draw
        length = round(FEWEST * (MOST / FEWEST) ** draw.random())
        own = list(dict.fromkeys(self._common(THEME_WORDS)))
        theme = iter(draw.choices(own, weights=[1 / rank for rank in range(1, len(own) + 1)], k=length))
        common = iter(self._common(length))
        function = iter(draw.choices(self._function, cum_weights=self._function_weights, k=length) if self._function else ())
        running: list[str] = []
        for chance in (draw.random() for _ in range(length)):
            if self._function and chance < FUNCTION:
                running.append(next(function))
            elif draw.random() < THEME:
                running.append(next(theme))
            elif draw.random() < RARE:
                running.append(self._rare())
            else:
                running.append(next(common))
        return Text(self._code, " ".join(own[:4]), self._punctuated(running), own)

    def _common(self, count: int) -> list[str]:
        """Draw content words; many at once, for the draw of one is a search among 300,000."""
        if len(self._stock) < count:
            self._stock += self._draw.choices(self._content, cum_weights=self._content_weights, k=100_000)
        drawn = self._stock[-count:]
        del self._stock[-count:]
        return drawn

    def _rare(self) -> str:
        """Make a name or a number up."""
        draw = self._draw
        if draw.random() < 0.5:  # one of two
            return str(draw.randrange(10 ** draw.randint(1, 5)))
        return "".join(draw.choices(SYLLABLES.get(self._code, LATIN), k=draw.randint(2, 5))).capitalize()

    def _punctuated(self, running: list[str]) -> str:
        """Make sentences and paragraphs of words."""
        draw = self._draw
        rest = iter(running)
        sentences: list[str] = []
        while words := list(itertools.islice(rest, draw.randint(*SENTENCE))):
            middle = len(words) // 2
            if len(words) > 2 * SENTENCE[0]:
                words[middle] += ","
            words[0] = words[0][:1].upper() + words[0][1:]
            sentences.append(" ".join(words) + draw.choice(".....?!"))
        paragraphs: list[str] = []
        pieces = iter(sentences)
        while paragraph := list(itertools.islice(pieces, draw.randint(*PARAGRAPH))):
            paragraphs.append(" ".join(paragraph))
        return "\n\n".join(paragraphs)


def _zipf(words: int, exponent: float) -> list[float]:
    return list(itertools.accumulate((rank + MANDELBROT) ** -exponent for rank in range(words)))


class Collection(NamedTuple):
    """Documents on disk, as JSON Lines in the layout that peers read as well.

    Attributes:
        folder: where.
        documents: how many.
        text_bytes: of the bodies and titles.
        characters: likewise.
        sample: some documents, evenly drawn, to make queries of.
    """

    folder: Path
    documents: int
    text_bytes: int
    characters: int
    sample: list[Text]


def write_collection(folder: Path, codes: list[str], *, text_bytes: int = 0, documents: int = 0, seed: int = 1) -> Collection:
    """Write documents in turn in some languages, until there are so many bytes of text or so many documents."""
    folder.mkdir(parents=True)
    writers = [Writer(code, seed) for code in codes]
    written = size = characters = 0
    sample: list[Text] = []
    keep = 200
    while (size < text_bytes) if text_bytes else (written < documents):
        with (folder / f"{written // RECORDS:05}.jsonl").open("w", encoding="utf-8") as file:
            for _ in range(RECORDS):
                text = writers[written % len(writers)].document()
                file.write(json.dumps({"_id": str(written), "title": text.title, "text": text.body}, ensure_ascii=False) + "\n")
                size += len(text.title.encode()) + len(text.body.encode())
                characters += len(text.title) + len(text.body)
                if written % 7 == 0 and len(sample) < keep * len(codes):
                    sample.append(text)
                written += 1
                if (size >= text_bytes) if text_bytes else (written >= documents):
                    break
    return Collection(folder, written, size, characters, sample)


def write_files(folder: Path, code: str, count: int) -> None:
    """Write documents of one language in files of their own, a hundred a folder."""
    writer = Writer(code, seed=2)
    for number in range(count):
        place = folder / f"{number // 100:04}"
        if number % 100 == 0:
            place.mkdir(parents=True)
        text = writer.document()
        (place / f"{number}.txt").write_text(f"{text.title}\n\n{text.body}\n", "utf-8")
