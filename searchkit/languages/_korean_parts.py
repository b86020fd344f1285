"""Which terms do the morphemes of a Korean word make?

MeCab's morphemes come in as ``(offset, surface, feature line)``, terms with
their places go out.  Whether a word was cut well is decided here; cutting it
anew is ``korean``'s business.
"""

from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from searchkit.languages._hangul import dictionary_form, without_particle
from searchkit.languages.base import Reading
from searchkit.text.normalize import term_form
from searchkit.typed import NamedTuple

Found = tuple[tuple[int, str, str], ...]
"""Morphemes of a word: offset in the word, surface, feature line of MeCab."""

NOMINAL = frozenset(("NNG", "NNP", "NNB", "NNBC", "NR", "NP", "XR", "SL", "SH", "SN", "MM", "MAG", "XPN", "XSN", "UNKNOWN"))
NOUN = frozenset(("NNG", "NNP", "NR", "NP", "XR", "XSN", "UNKNOWN"))
PREDICATE = frozenset(("VV", "VA"))
VERBAL = PREDICATE | {"VX", "VCP", "VCN", "XSV", "XSA"}
CONTENT = NOMINAL | PREDICATE
"""Tags of morphemes that are terms."""
AUXILIARY = frozenset(("VX", "VCP", "VCN", "IC", "MAJ", "XSV", "XSA"))
"""Tags of morphemes that are terms only where their word holds nothing better (있다, 안녕, 그러나)."""
EMPTY_SUFFIXES = frozenset(("들", "님", "적", "씩", "쯤", "째", "여"))
"""학생들 is 학생, 과학적 is 과학; -화, -성, -인, -국 are content."""
LIGHT = frozenset(("하", "되", "시키"))
"""After a noun in the same word a light verb, whatever MeCab calls it (필터링하는 has VV, 협력하는 XSV)."""
DEPENDENT = frozenset(("때", "중", "후", "전", "뒤", "곳", "말", "일", "시", "날"))
"""Nouns that people write onto a predicate (할때): no sign of a bad cut."""
AFTER_NAMES = frozenset(("등", "간", "내", "측", "씨", "것", "외", "뿐", "만", "때문", "년", "월", "일"))
"""Dependent nouns that do follow a name: 카자흐스탄측."""
FREE = frozenset("값물쌀밀집길땅숲강산섬돈빵차약꽃말글책배팀숍칩앱폰팜존")
"""Nouns of one syllable that are written onto another noun or apart from it: 기름값, 기름 값."""
BINDING = frozenset(("XSN", "NNG", "NNP"))
STRAY = ("IC", "J", "VX", "EP", "EC", "VCP", "XSV", "XSA", "MAJ")
"""No word begins with these and goes on with a noun: 어/IC 트리/NNG 뷰트/NNG is 어트리뷰트."""

PARTS_WEIGHT = 0.7  # of what MeCab made of a word it cut badly, and of a noun that might be two


class Part(NamedTuple):
    """A morpheme, or what a morpheme is made of: its form and tag, and the span of the morpheme in its word."""

    form: str
    tag: str
    start: int
    end: int


def parts_of(found: Found) -> list[Part]:
    """Take compounds and contracted forms apart: 과학기술 is 과학 + 기술, 도와 is 돕 + 아."""
    return [Part(form, tag, at, at + len(surface)) for at, surface, feature in found for form, tag in _made_of(surface, feature)]


@lru_cache(maxsize=1 << 16)
def _made_of(surface: str, feature: str) -> tuple[tuple[str, str], ...]:
    """Give the ``(form, tag)`` of what a morpheme is made of; of a plain one, itself."""
    fields = feature.split(",")
    if fields[7:] and fields[7] != "*":
        made = tuple((term_form(piece[0]), piece[1]) for piece in (part.split("/") for part in fields[7].split("+")) if len(piece) > 1)
        if made:
            return made
    return ((term_form(surface), fields[0]),)


def content_of(parts: list[Part]) -> list[Part]:
    """Choose the parts of a word that are terms; the second best where it has none."""
    kept: list[Part] = []
    for part in parts:
        empty = part.tag == "XSN" and part.form in EMPTY_SUFFIXES
        light = part.tag in ("VV", "VX") and part.form in LIGHT
        noise = part.tag == "IC" and len(parts) > 1  # 팅/IC 을 in 카운팅을: somebody's noun
        if (part.tag in CONTENT or noise) and not ((empty or light) and kept):
            kept.append(part)
    return kept or [part for part in parts if part.tag in AUXILIARY]


def pieces(parts: list[Part], content: list[Part], *, bound: bool = False) -> int:
    """Count the nouns and predicates that a word was cut into, and what stands between them.

    Args:
        parts: of the word.
        content: those of them that are terms.
        bound: count no syllable that is bound to what stands before it (세종 + 시).
    """
    if len(content) < 2:  # noqa: PLR2004 -- nothing stands between
        return len(content)
    counted = {
        part.start for part in content if part.tag != "XPN" and not (bound and part.start and len(part.form) == 1 and part.tag in BINDING)
    }
    between = {part.start for part in parts if part.tag.startswith(("E", "J", "VCP")) and part.start < content[-1].start}
    return len(counted) + len(between)


def is_cut_badly(parts: list[Part], content: list[Part]) -> bool:
    """Tell whether a word was cut as no word is made: 메/VV 서/EC 드/NNG for 메서드."""
    if len(content) > 1 and any(part.tag == "IC" for part in content):
        return True
    before: Part | None = None  # the last content part
    joint = ""  # tag of what follows it
    particle = False  # whether any stood inside the word
    for part in parts:
        if part not in content:
            joint = joint or part.tag
            particle = particle or part.tag.startswith("J")
            continue
        if part.tag in PREDICATE:
            stray = joint == "JKB" or (particle and len(part.form) == 1)
            bad = before is not None and (before.tag == "NNP" or stray or _is_short_chain(before, part))
        else:
            bad = part.tag in NOUN and part.form not in DEPENDENT and joint != ""
            bad = bad and (joint.startswith(STRAY) if before is None else 1 in (len(before.form), len(part.form)))
        if bad:
            return True
        before, joint = part, ""
    return False


def _is_short_chain(left: Part, right: Part) -> bool:
    """Tell whether two predicates of one syllable follow each other: 메/VV 서/EC 드/VV 는/ETM for 메서드는."""
    return left.tag in PREDICATE and len(left.form) == len(right.form) == 1


def readings_of(word: str, parts: list[Part], content: list[Part], *, bad: bool) -> list[Reading]:
    """Give the ways to understand a word, best first."""
    if not content:
        return [Reading(((word, 0),))]
    whole = [Reading(((each, 0),)) for each in _wholes(word, parts, content, bad=bad) if len(each) > 1]
    if bad and whole:
        long = [part for part in content if len(part.form) > 1]
        rest = [Reading(_placed(long), PARTS_WEIGHT)] if long and parts[0].tag != "IC" else []
        return [*whole, *rest]
    apart = []
    if len(content) > 1 and content[-1].form in FREE and content[-1].tag in NOUN:
        apart = [Reading(tuple((part.form, at) for at, part in enumerate(content)), PARTS_WEIGHT)]
    return [Reading(_placed(content)), *whole, *apart]


def _wholes(word: str, parts: list[Part], content: list[Part], *, bad: bool) -> list[str]:
    """Give the noun that a word of several parts may be, without its particle."""
    nouns = [part for part in content if bad or part.tag not in ("NNB", "NNBC") or _is_end_of_name(part, content)]
    if not bad and (len(nouns) < 2 or nouns[0].start == nouns[-1].start):  # noqa: PLR2004 -- one is its own whole
        return []
    last = (nouns or content)[-1]
    if last.tag in PREDICATE and last.end < len(word):
        short = without_particle(word)
        return [short] if short != word or bad else []
    if not bad and any(part.tag.startswith("E") for part in parts if part.end <= last.start):
        return []  # 위한법률 lacks a blank, it is no noun
    base = word[: last.end]
    clean = all(part.tag == "NNG" and len(part.form) > 1 for part in nouns)
    if last.end < len(word) or clean:
        return [base]
    # No particle was cut off: MeCab may have taken it into the last noun (메서/NNP 드가/NNP).
    short = without_particle(word)
    return [base] if short == base else [short, base]


def _is_end_of_name(part: Part, content: list[Part]) -> bool:
    """Tell whether what MeCab takes for a dependent noun ends a name: 나자르/NNP 바예/NNP 바/NNB."""
    return content[0].tag == "NNP" and content[0].start < part.start and part.form not in AFTER_NAMES


def term_of(part: Part) -> str:
    """Name the term of a part; a predicate by its dictionary form, or 날다 would be 날 and 묻다 물."""
    return dictionary_form(part.form) if part.tag in VERBAL else part.form


def _placed(content: list[Part]) -> tuple[tuple[str, int], ...]:
    """Place the terms one after the other, syllables that are bound with what they are bound to.

    과학자 is 과학 and 과학자, both at 0: asked for 과학자, a text with 과학 and
    any other 자 is none; 과학기술 is 과학 at 0 and 기술 at 1.
    """
    out: dict[tuple[str, int], None] = {}
    inner = -1
    left = ""  # what a syllable on its right is bound to
    for _, group in groupby(content, key=attrgetter("start")):
        members = list(group)
        lead = ""  # syllables that begin a compound: 수 + 자원
        for part in members:
            compound = len(members) > 1 and part.tag in NOMINAL
            if len(part.form) == 1 and left and (compound or part.tag in BINDING):
                left += part.form
                out[left, inner] = None
            elif len(part.form) == 1 and compound and part.form not in FREE:
                lead += part.form
            else:
                inner += 1
                out[term_of(part), inner] = None
                if lead:
                    out[lead + part.form, inner] = None
                left, lead = (lead + part.form, "") if part.tag in NOMINAL and len(lead + part.form) > 1 else ("", "")
        if lead:
            inner += 1
            out[lead, inner] = None
            left = lead
    return tuple(out)


def lemmas_of(word: str, readings: list[Reading], parts: list[Part], content: list[Part], *, bad: bool) -> list[str]:
    """Give the dictionary forms: the noun as written, what it is made of, the predicate with 다."""
    if len(content) == 1 and content[0].tag in VERBAL:
        return [term_of(content[0])]
    out = [reading.terms[0][0] for reading in readings if len(reading.terms) == 1]
    nouns = [part for part in content if part.tag in NOMINAL]
    if bad or not nouns:
        return out
    out.append(word[: nouns[-1].end])
    bound = all(len(part.form) > 1 or part.tag == "XSN" or part.start == nouns[0].start for part in nouns)
    if len(nouns) == len(content) > 1 and bound:
        out += [part.form for part in nouns if len(part.form) > 1]  # not of a word that was split into syllables: a guess
    if len(nouns) == 1:
        out += [nouns[0].form + part.form + "다" for part in parts if part.tag in ("XSV", "XSA")][:1]
    return out
