"""Which stem does an inflected Kazakh word have?

Kazakh joins suffixes in layers: noun + plural + possessor + case, verb +
negation + tense + person.  Every suffix carries its vowel harmony and the
sounds that it may follow, which keeps доллар whole (no plural -лар after л).
All ways to take a word apart are listed; a hand-written list of common stems
then settles the doubtful ones (кітап is no converb of "кіта", көмек no
intention of "кө"); without it the safe cuts decide.  The same code runs on
the spelling-free letters of ``skeleton``, with tables spelt in them and
without harmony.  No derivational suffix is cut: -лық, -шы, -лы make new words.
"""

from collections.abc import Callable, Iterator, Sequence

from searchkit.languages.kazakh_tables import Suffix, Tables, devoiced, fits, restored, sounds
from searchkit.typed import NamedTuple

MIN_STEM = 2
MIN_STEM_OF_ONE_LETTER_CUT = 3  # аты is "his name", but only because ат is a listed stem
WEAK_SUFFIX = 2
SAFE_STEM = 3  # letters; a shorter one is believed only if it is listed
MOST_GUESSES = 4

_RESPELT = frozenset("юяи")

# Layers that are only understood together with what stands left of them.
NEEDS = frozenset({"third-case", "first-case", "third-relative"})


class Stems(NamedTuple):
    """What a word comes from.

    Attributes:
        stems: uncut, best first.
        sure: the first is a listed stem, of an irregular form, or a loan: no guess.
        loan: it is the last.
        verb: the first is a verb's.
        doubtful: further stems, left by doubtful cuts of an unlisted word.
    """

    stems: tuple[str, ...]
    sure: bool
    loan: bool = False
    verb: bool = False
    doubtful: tuple[str, ...] = ()


class Cut(NamedTuple):
    """A way to take a word apart.

    Attributes:
        stem: what is left.
        doubtful: some suffix of it was.
        verb: the stem is a verb's.
        before: what was there before the last cut.
    """

    stem: str
    doubtful: bool
    verb: bool
    before: str


def stems(word: str, table: Tables, is_loan: Callable[[str], bool]) -> Stems:
    """Find the stems of a word.

    Args:
        word: lower case, in the spelling of the tables.
        table: of ``tables``.
        is_loan: tells whether a stem is a word that Kazakh has borrowed.

    Returns:
        The stems, at least one.
    """
    if word in table.irregular:
        return Stems((table.irregular[word],), sure=True)
    if word in table.nouns or len(word) < MIN_STEM_OF_ONE_LETTER_CUT:
        return Stems((word, *_verbs_in(word, table)), sure=word in table.nouns)
    cuts = [Cut(word, doubtful=False, verb=False, before=word), *_nominal(word, table)]
    cuts += [cut for way in list(cuts) if _may_be_verbal(way.stem, table) for cut in _participles(way, table)]
    cuts += _finite(word, table)
    # The command (істе: do it!) is rare, and often a case of a noun (in the matter).
    cuts.append(Cut(word, doubtful=True, verb=True, before=word))
    known = [(stem, cut) for cut in cuts if (stem := _listed(cut, table))]
    if known:
        return _chosen(known, cuts, table)
    loans = [cut.stem for cut in cuts if is_loan(cut.stem)]
    if loans:
        return Stems((max(loans, key=len),), sure=True, loan=True)
    return _guess(cuts, table)


def _chosen(known: list[tuple[str, Cut]], cuts: list[Cut], table: Tables) -> Stems:
    """Take a stem that leaves no doubt, among them the longest, a noun rather than a verb.

    Doubt first: аяқтар are feet (аяқ), and not what will end (аяқта).
    """
    stem, cut = max(known, key=lambda pair: (not pair[1].doubtful, len(pair[1].stem), not pair[1].verb))
    found = [stem]
    found += _without_voice(stem, table) if cut.verb else _verbs_in(stem, table)
    # аламыз is "our motley one" or "we take", құрады "they make up" or "they will build".
    found += [other for other, way in known if way.verb and not way.doubtful]
    if cut.doubtful:
        found += _safe_stems(cuts)[:1] if cut.stem != cut.before else []
    return Stems(_restored(found, table), sure=True, verb=cut.verb)


def infinitive(stem: str) -> str:
    """Give the dictionary form of a verb: келу, оқу (оқы), қою (қой), табу (тап)."""
    last = stem[-1]
    if last in "ыійи":
        return stem[:-1] + {"й": "ю", "и": "ию"}.get(last, "у")
    return stem[:-1] + {"п": "б", "қ": "ғ", "к": "г"}.get(last, last) + "у"


def _verbs_in(noun: str, table: Tables) -> list[str]:
    """Give the listed verb that a listed noun is the name of: атау is a name and naming."""
    whole = Cut(noun, doubtful=False, verb=False, before=noun)
    if not _may_be_verbal(noun, table):
        return []
    return [stem for cut in _participles(whole, table) if not cut.doubtful and (stem := _listed(cut, table))]


def _safe_stems(cuts: list[Cut]) -> list[str]:
    """Give the stems without a doubtful cut, the shortest first."""
    safe = [cut.stem for cut in cuts if not cut.doubtful and (len(cut.stem) >= SAFE_STEM or cut.stem == cut.before)]
    return sorted(safe, key=len)


def _restored(stems: list[str], table: Tables) -> tuple[str, ...]:
    """Put the ends of stems right, each stem once."""
    return tuple(dict.fromkeys(restored(stem, table) for stem in stems))


def _without_voice(stem: str, table: Tables) -> list[str]:
    """Give the listed verb of which this is the passive: айтыл, айт."""
    return [verb for rest, _, _ in _peel(stem, "end of a derived verb", table) for verb in (rest, devoiced(rest)) if verb in table.verbs]


def _guess(cuts: list[Cut], table: Tables) -> Stems:
    """Take the shortest stem without a doubtful cut, then what else it may be.

    A short last suffix may belong to the stem (карта is not кар + та, шапаны
    is шапан + ы), and the doubtful cuts may be right.
    """
    safe = _safe_stems(cuts)
    found = [safe[0], *_without_voice(safe[0], table)]
    found += [stem for stem in safe if len(stem) - len(safe[0]) <= WEAK_SUFFIX]
    possible = [cut for cut in cuts if not cut.verb or cut.stem not in table.nouns]  # дала is a plain, so далап is no "дала"-ing
    short = min(possible, key=lambda cut: (len(cut.stem) < SAFE_STEM, len(cut.stem), cut.doubtful)).stem
    certain = _restored(found, table)[:MOST_GUESSES]
    return Stems(certain, sure=False, doubtful=tuple(stem for stem in _restored([short], table) if stem not in certain))


def _listed(cut: Cut, table: Tables) -> str | None:
    """Give the listed stem that a cut leaves, if it is one."""
    found = table.verbs if cut.verb else table.nouns
    if cut.stem in found:
        return cut.stem
    bare = table.elided.get(cut.stem) or devoiced(cut.stem)
    return bare if bare in found else None


def _peel(word: str, group: str, table: Tables) -> Sequence[tuple[str, str, Suffix]]:
    """Take each fitting suffix of a group of layers off a word, the longest first: what is left, the layer, the suffix."""
    forms = table.groups[group]
    sizes = forms.sizes.get(word[-2:]) or forms.sizes.get(word[-1:])
    if not sizes:
        return ()
    found = []
    for size in sizes:
        suffixes = forms.get(word[-size:]) if size <= len(word) - MIN_STEM else None
        if suffixes is None:
            continue
        stem = word[:-size]
        if size == 1 and len(stem) < MIN_STEM_OF_ONE_LETTER_CUT and table.all.isdisjoint((stem, devoiced(stem))):
            continue
        # қаупі: the vowel that went (қауіп) decides the harmony
        bare = table.elided.get(stem, stem)
        found += [(stem, layer, suffix) for layer, suffix in suffixes if fits(bare, suffix, harmony=table.harmony)]
    return found


def _nominal(word: str, table: Tables) -> list[Cut]:
    """List the ways to take noun suffixes off a word."""
    found: list[Cut] = []
    todo = [(word, "end", False)]
    while todo:
        rest, right, doubtful = todo.pop()
        for stem, layer, suffix in _peel(rest, right, table):
            doubt = doubtful or suffix.doubtful or (layer == "third" and _derived(stem, rest, table))
            todo.append((stem, layer, doubt))
            if layer not in NEEDS:
                found.append(Cut(stem, doubt, verb=False, before=rest))
    return found


def _derived(stem: str, word: str, table: Tables) -> bool:
    """Tell whether a final ы/і rather belongs to -шы, -лы or -ғы than to a possessor.

    жұмысшы, белгілі, кейінгі; but бірлігі is бірлік + і, because no stem ends in a consonant and г.
    """
    if len(word) - len(stem) != 1:
        return False
    last, before = stem[-1], stem[-2:-1]
    if last in "гғкқ":
        return not set(sounds(before)) & {"V"} and stem not in table.elided
    return last == "ш"


def _may_be_verbal(noun: str, table: Tables) -> bool:
    """Tell by its last letters whether a noun may have a verb in it, in any of its ``_spellings``; every second one has none."""
    sizes = table.groups["left of a noun"].sizes
    end = noun[-2:]
    return end in sizes or end[-1:] in sizes or not _RESPELT.isdisjoint(end)


def _participles(way: Cut, table: Tables) -> Iterator[Cut]:
    """Go on from a noun to the verb in it: келгендердің, дамытуға."""
    for base, letters in _spellings(way.stem):
        for stem, _layer, suffix in _peel(base, "left of a noun", table):
            # мәліметінде is мәлімет + ...; a habit seldom takes a case (келетінде)
            habit = len(base) - len(stem) > WEAK_SUFFIX + 1 and base[-1] == "н" and way.stem != way.before
            yield from _verb(Cut(stem, way.doubtful or suffix.doubtful or habit, verb=True, before=way.stem), letters, suffix, table)
            if base[len(stem) :] == "у":  # оқу is оқы + у
                for vowel in "ыі" if table.harmony else "и":
                    if stem + vowel in table.verbs:
                        yield Cut(stem + vowel, way.doubtful, verb=True, before=way.stem)


def _finite(word: str, table: Tables) -> Iterator[Cut]:
    """Take tense and person off a verb."""
    for base, letters in _spellings(word):
        for rest, layer, last in _peel(base, "end of a verb", table):
            if layer != "person":
                yield from _verb(Cut(rest, last.doubtful, verb=True, before=word), letters, last, table)
                continue
            for stem, _layer, suffix in _peel(rest, "left of a person", table):
                # doubtful -қ: мамандық is a trade, and not "we мам-ed"
                yield from _verb(Cut(stem, last.doubtful, verb=True, before=word), letters, suffix, table)


def _verb(cut: Cut, letters: int, suffix: Suffix, table: Tables) -> Iterator[Cut]:
    """Give a verb stem, and what is left of it without its negation.

    ``letters``: where not 0, the stem must have that length: it was respelt there.
    """
    for stem in (cut.stem, *(rest for rest, _, _ in _peel(cut.stem, "left of a tense", table))):
        if letters and len(stem) != letters:
            continue
        way = cut if stem is cut.stem else cut._replace(stem=stem)
        if not suffix.listed or _listed(way, table):
            yield way


def _spellings(word: str) -> Iterator[tuple[str, int]]:
    """Give a word and how it sounds: оқиды is оқы+йды, қояды қой+ады, көбею көбей+у.

    With each the length that a stem must have if the respelling is to be right (0: any).
    """
    yield word, 0
    if _RESPELT.isdisjoint(word):
        return
    at = max(word.rfind("ю"), word.rfind("я"))
    if at > 0:
        yield word[:at] + ("йу" if word[at] == "ю" else "йа") + word[at + 1 :], at + 1
    at = word.rfind("и")
    if at > 0:
        for vowel in "ыі":
            yield word[:at] + vowel + "й" + word[at + 1 :], at + 1
