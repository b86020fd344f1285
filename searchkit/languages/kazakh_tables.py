"""Which suffixes and stems does Kazakh have, and which sounds may meet?

The tables are files of ``data``; they are read once for every spelling that
the stemmer works in.  What is done with them is the stemmer's business.
"""

from collections.abc import Callable
from functools import lru_cache

from searchkit.languages.datafiles import data_lines, data_rows
from searchkit.typed import NamedTuple

BACK = frozenset("аоұыя")
FRONT = frozenset("әөүіеэ")
VOWELS = BACK | FRONT | frozenset("иуюё")
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
VOICED = {"ғ": "қ", "г": "к", "б": "п"}
SHORTEST_VOICED = 2
LONGEST_SUFFIX = 7
STEM_LETTERS = 6  # nDCG@10 on questions and news .787/.421; five letters .788/.418, seven .787/.414, uncut .778/.413

# Which layers may stand where: at the end of a noun, left of a layer, at the end of a verb.
GROUPS = {
    "end": (
        "copula", "equative", "comparative", "case", "third-case", "first-case",
        "third-relative", "first", "third", "relative", "plural",
    ),
    "copula": ("case", "third-case", "first", "third", "relative", "third-relative", "plural"),
    "equative": ("first", "third", "relative", "third-relative", "plural"),
    "comparative": (),
    "case": ("first", "relative", "third-relative", "plural"),
    "third-case": ("third",),
    "first-case": ("first",),
    "third-relative": ("third",),
    "first": ("plural",),
    "third": ("plural",),
    "relative": ("first", "plural"),
    "plural": ("relative", "third-relative"),
    "left of a noun": ("participle",),
    "end of a verb": ("present", "past", "condition", "converb", "imperative", "person"),
    "left of a person": ("past", "condition"),
    "left of a tense": ("negation",),
    "end of a derived verb": ("voice",),
}  # fmt: skip


class Suffix(NamedTuple):
    """One form of a suffix.

    Attributes:
        back, front: fits stems of that vowel harmony.
        after: classes of the sounds that it may follow.
        letters: those sounds.
        doubtful: many bare stems end so: cut only as a second opinion.
        listed: cut only if a listed stem is left.
    """

    back: bool
    front: bool
    after: str
    letters: frozenset[str]
    doubtful: bool
    listed: bool


class Group(dict[str, tuple[tuple[str, Suffix], ...]]):
    """Suffix forms of some layers, each with its layers.

    Attributes:
        sizes: last two letters of a word, or else its last letter -> lengths of the forms that it may end in, longest
            first: of the forty times that a word is looked through, most end here.
    """

    def __init__(self, forms: dict[str, tuple[tuple[str, Suffix], ...]]) -> None:
        super().__init__(forms)
        sizes: dict[str, set[int]] = {}
        for form in forms:
            if len(form) <= LONGEST_SUFFIX:
                sizes.setdefault(form[-2:], set()).add(len(form))
        for end in [end for end in sizes if len(end) > 1 and end[1] in sizes]:
            sizes[end].add(1)
        self.sizes = {end: tuple(sorted(found, reverse=True)) for end, found in sizes.items()}


class Tables(NamedTuple):
    """Everything the stemmer knows, in one spelling.

    Attributes:
        layers: suffix forms by layer.
        groups: suffix forms by group of layers.
        nouns, verbs, all: listed stems (``nouns`` holds every stem that is no verb).
        elided: stem before a vowel -> bare form (халқ -> халық).
        irregular: form -> stem.
        crowded: whether unrelated listed stems share these first six letters (құрылыс, құрылым).
        harmony: whether vowels tell front from back.
    """

    layers: dict[str, dict[str, Suffix]]
    groups: dict[str, Group]
    nouns: frozenset[str]
    verbs: frozenset[str]
    all: frozenset[str]
    elided: dict[str, str]
    irregular: dict[str, str]
    crowded: dict[str, bool]
    harmony: bool


class _Crowded(dict[str, bool]):
    """Whether stems share a beginning without one of them being the beginning of all; found when first asked for.

    Args:
        stems: one a line.
    """

    def __init__(self, stems: str) -> None:
        super().__init__()
        self._stems = f"\n{stems}\n"

    def __missing__(self, start: str) -> bool:
        stems: list[str] = []
        at = self._stems.find("\n" + start)
        while at >= 0:
            end = self._stems.index("\n", at + 1)
            stems.append(self._stems[at + 1 : end])
            at = self._stems.find("\n" + start, end)
        shortest = min(stems, key=len)
        self[start] = not all(stem.startswith(shortest) for stem in stems)
        return self[start]


def _as_is(text: str) -> str:
    return text


@lru_cache(maxsize=4)
def tables(spell: Callable[[str], str] = _as_is, *, harmony: bool = True) -> Tables:
    """Give suffixes and stems, spelt by ``spell``, which is given many words at once: one a line."""
    forms = spell("\n".join(form for _, form, _ in _suffixes())).split("\n")
    layers: dict[str, dict[str, Suffix]] = {}
    for (layer, _, suffix), form in zip(_suffixes(), forms, strict=True):
        table = layers.setdefault(layer, {})
        table[form] = _united(table.get(form), suffix if harmony else Suffix(True, True, *suffix[2:]))  # noqa: FBT003
    texts = {kind: spell(text) for kind, text in _stems().items()}
    elided, irregular = texts["elided"].split("\n"), texts["irregular"].split("\n")
    verbs = frozenset(texts["verb"].split("\n"))
    nouns = frozenset(texts["noun"].split("\n"))
    return Tables(
        layers,
        {name: _group(layers, members) for name, members in GROUPS.items()},
        nouns,
        verbs,
        nouns | verbs,
        dict(zip(elided[1::2], elided[::2], strict=True)),
        dict(zip(irregular[::2], irregular[1::2], strict=True)),
        _Crowded(f"{texts['noun']}\n{texts['verb']}"),
        harmony,
    )


@lru_cache(maxsize=1)
def _suffixes() -> tuple[tuple[str, str, Suffix], ...]:
    """Read the suffixes: layer, form, what it fits."""
    found = []
    for layer, forms, after, *rest in data_rows("kazakh_suffixes.tsv"):
        flags = "".join(rest)
        for form in forms.split():
            back, front = "=" in flags or not BACK.isdisjoint(form), "=" in flags or not FRONT.isdisjoint(form)
            found.append((layer, form, Suffix(back, front, after, _letters(after), "?" in flags, "!" in flags)))
    return tuple(found)


@lru_cache(maxsize=1)
def _stems() -> dict[str, str]:
    """Read the stems by kind, one a line; of pairs both sides, one after the other."""
    listed: dict[str, list[str]] = {"noun": [], "verb": [], "elided": [], "irregular": []}
    for line in data_lines("kazakh_stems.txt"):
        kind, _, stems = line.partition(":")
        listed["noun" if kind == "word" else kind] += stems.replace("/", " ").split()
    return {kind: "\n".join(stems) for kind, stems in listed.items()}


def cut(stem: str, table: Tables) -> str:
    """Cut a stem to the term that it is indexed under: six letters, unless another listed stem has the same six."""
    start = stem[:STEM_LETTERS]
    return stem if start != stem and stem in table.all and table.crowded[start] else start


def _united(one: Suffix | None, other: Suffix) -> Suffix:
    """Join two suffixes that are spelt alike; doubtful if either is."""
    if one is None:
        return other
    after = "".join(sorted({*one.after, *other.after}))
    return Suffix(
        one.back or other.back,
        one.front or other.front,
        after,
        _letters(after),
        one.doubtful or other.doubtful,
        one.listed and other.listed,
    )


@lru_cache(maxsize=64)
def _letters(after: str) -> frozenset[str]:
    """Give the letters of some sound classes."""
    classes = frozenset(after)
    return frozenset(letter for letter in ALPHABET if not classes.isdisjoint(sounds(letter)))


def _group(layers: dict[str, dict[str, Suffix]], members: tuple[str, ...]) -> Group:
    """Put several layers into one table: a word is looked through once for all of them."""
    found: dict[str, tuple[tuple[str, Suffix], ...]] = {}
    for layer in members:
        for form, suffix in layers[layer].items():
            found[form] = (*found.get(form, ()), (layer, suffix))
    return Group(found)


def fits(stem: str, suffix: Suffix, *, harmony: bool) -> bool:
    """Tell whether a stem's last sound and vowels allow a suffix."""
    last = stem.rstrip("ьъ")[-1:]
    if last not in suffix.letters or VOWELS.isdisjoint(stem):
        return False
    if not harmony or (suffix.back and suffix.front):
        return True
    side = _harmony(stem)
    return side != "front" if suffix.back else side != "back"


@lru_cache(maxsize=64)
def sounds(letter: str) -> str:
    """Give the sound classes of a letter at the end of a stem."""
    if letter in "иую":
        return "R" if letter == "у" else "VR"
    if letter in VOWELS:
        return "V"
    for letters, kind in (("рй", "R"), ("л", "L"), ("мнң", "N"), ("зж", "Z")):
        if letter in letters:
            return kind
    return "T"


def _harmony(stem: str) -> str:
    """Name the harmony of a stem: back, front, or "" where it cannot be told.

    и is written for both (тарихтар, министрлер), a soft sign too
    (автомобильдер, апрельде), and loans in к and г go both ways (банктер,
    блоктар); у takes the side of the vowel before it.
    """
    if stem[-1] in "ьъкг":
        return ""
    for letter in reversed(stem):
        if letter in BACK:
            return "back"
        if letter in FRONT:
            return "front"
        if letter == "и":
            return ""
    return ""


def devoiced(stem: str) -> str:
    """Give a stem the voiceless end that it has when nothing follows: кітаб is кітап."""
    return stem[:-1] + VOICED.get(stem[-1], stem[-1])


def restored(stem: str, table: Tables) -> str:
    """Undo what a suffix does to the end of a stem: кітаб is кітап, халқ is халық."""
    if stem in table.elided:
        return table.elided[stem]
    return stem if stem in table.all or len(stem) <= SHORTEST_VOICED else devoiced(stem)
