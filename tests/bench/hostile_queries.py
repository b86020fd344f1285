"""Which queries might stop a search for long, or take all of the memory?

All from a seed and the words of a collection: patterns, lists, brackets,
letters without end, marks, scripts, typos by the dozen.  For each the arguments
behind ``search`` and the query, as bytes: not all of them are UTF-8.
"""

import random
import re
import string
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise

from texts import Text
from typos import typos

ABC = string.ascii_lowercase
CYRILLIC = [chr(0x430 + place) for place in range(32)]
SYLLABLES = "가나다라마바사아자차카타파하강산물불대학교원장관부서국은는이에서"
PARTS = {
    "de": ["verein", "haus", "land", "kraft", "wind", "werk", "s", "er", "ung", "stein", "xq"],
    "en": ["inter", "nation", "al", "iz", "ation", "ing"],
    "ru": ["вод", "про", "ход", "ство", "ость", "пере"],
    "kk": ["қала", "лар", "дың", "ға", "дан", "мен"],
    "ko": list(SYLLABLES),
}

Hostile = tuple[tuple[str, ...], bytes]


def hostile_queries(sample: Iterable[Text]) -> dict[str, Hostile]:
    """Give the queries by name.

    Args:
        sample: documents of the collection that is asked.
    """
    draw = random.Random(3)
    sample = list(sample)
    running = re.findall(r"[^\W\d_]{3,}", " ".join(text.body for text in sample))
    draw.shuffle(running)
    words = list(dict.fromkeys(running))
    common = [word for word, _ in Counter(running).most_common(2000)]
    wrong = {
        code: [typo for typo, _, _ in typos([word for text in sample if text.code == code for word in text.own if len(word) > 4], code)]
        for code in PARTS
    }
    all_wrong = list(chain.from_iterable(wrong.values()))
    draw.shuffle(all_wrong)
    plain = {
        **_patterns(),
        **_without_end(),
        **_nested(),
        **_lists(draw, running, words, common),
        **_unknown(draw, wrong),
        "20,000 typos": " ".join((all_wrong * 20)[:20_000]),
        "typos of all": " ".join(all_wrong[:40]),
    }
    queries: dict[str, Hostile] = {name: ((), query.encode("utf-8", "surrogateescape")) for name, query in plain.items()}
    queries["surrogates"] = ((), b"\xff\xfe" * 5000)
    queries["brackets, strictly read"] = (("--syntax", "full"), b"(" * 2000 + b"a" + b")" * 2000)
    for name, options, query in (
        ("explained", ["--explain"], " ".join(common[:60])),
        ("patterns explained", ["--explain"], "a* b* *c*"),
        ("sorted", ["--sort", "date"], " ".join(common[:200])),
        ("counted", ["-c"], "-e*"),
        ("always corrected", ["--fuzzy", "on"], " ".join(words[:100])),
        ("always corrected, long", ["--fuzzy", "on"], "a" * 200),
        ("exactly", ["--exact"], " ".join(common[:300])),
        ("all of them", ["--match", "all"], " ".join(common[:300])),
        ("paths of many stars", ["--path", "**/*a*/**/*b*/**/*c*/*?*?*?*x"], common[0]),
        ("a path of stars", ["--path", "*a" * 60], common[0]),
    ):
        queries[name] = (tuple(options), query.encode())
    return queries


def _patterns() -> dict[str, str]:
    return {
        "*": "*",
        "?*?*?*x": "?*?*?*x",
        "[a TO z]": "[a TO z]",
        "a*": "a*",
        "a* to z*": " ".join(f"{char}*" for char in ABC),
        "а* to я*": " ".join(f"{char}*" for char in CYRILLIC),
        "syllables*": " ".join(f"{char}*" for char in SYLLABLES),
        "*a* to *z*": " ".join(f"*{char}*" for char in ABC),
        "*а* to *я*": " ".join(f"*{char}*" for char in CYRILLIC),
        "*a*n*": " ".join(f"*{left}*{right}*" for left in "aeiou" for right in "nrst"),
        "??? ??": "??? ?? ????",
        "?" * 12: "?" * 12,
        "? to ?{40}": " OR ".join("?" * count for count in range(1, 40)),
        "any *aa*": " OR ".join(f"*{left}{right}" for left in ABC for right in ABC),
        "stars": "*" * 10_000,
        "a*a*a*": "a*" * 5000,
        "a?a?a?": "a?" * 50,
        "endings": "*ung *keit *heit *schaft *er *en",
        "no a* to z*": "wind " + " ".join(f"-{char}*" for char in ABC),
        "stars in a phrase": '"' + "a* " * 500 + '"',
        "a~2": "a~2",
        "ab~2": "ab~2",
        "а~2": "а~2",
        "가~2": "가~2",
        "a~2 to z~2": " ".join(f"{char}~2" for char in ABC),
        "one~2, 300 times": " OR ".join(["verheit~2"] * 300),
        "paths": " ".join(f"path:**/*{number}*" for number in range(300)),
        "dates": " ".join(["date:2024..2025"] * 3000),
        "all dates": "date:0001..9999",
        "languages": " ".join(f"lang:{code}" for code in list(PARTS) * 100) + " wind",
        "regular expression": "/(a+)+$/",
    }


def _without_end() -> dict[str, str]:
    ends = {
        "a": ("a", 100_000),
        "а": ("щ", 100_000),
        "қ": ("қ", 100_000),
        "가": ("가", 100_000),
        "digits": ("1", 100_000),
        "hyphens": ("-", 100_000),
        "ab-ab": ("ab-", 20_000),
        "1.1": ("1.", 20_000),
        "joiners": ("\u200d", 50_000),
        "joined": ("a\u200d", 20_000),
        "joined pictures": ("👩\u200d", 20_000),
        "marks": ("\u0301", 100_000),
        "marked": ("e\u0301\u0323", 20_000),
        "overrides": ("\u202e", 20_000),
        "controls": ("a\x01", 20_000),
        "quotes": ('"', 20_000),
        "tildes": ("~", 20_000),
        "backslashes": ("\\", 20_001),
        "square brackets": ("[", 5000),
        "apostrophes": ("l'", 20_000),
        "mail": ("a@b.", 10_000),
        "two scripts": ("aа", 20_000),
        "camels": ("Ab", 20_000),
        "ß": ("ß", 20_000),
        "İ": ("İ", 20_000),
        "ligatures": ("ﷺ", 5000),
        "jamo": ("ᄀ", 50_000),
        "jamo apart": ("각", 5000),
        "compatible jamo": ("ㄱㅏ", 5000),
        "soft hyphens": ("a\xad", 20_000),
        "wide": ("ａ", 20_000),
        "thai": ("ก", 20_000),
        "han": ("漢", 20_000),
        "title:": ("title:", 5000),
        "another keyboard": ("ghbdtn ", 500),
        "korean on it": ("rkskek", 1000),
        "nouns": ("대학교원장관부서국", 555),
    }
    return {f"{name} without end": what * count for name, (what, count) in ends.items()}


def _nested() -> dict[str, str]:
    nested = {
        "(": "(" * 2000,
        "(a)": "(" * 2000 + "a" + ")" * 2000,
        "NOT": "NOT " * 300 + "a",
        "NOT (": "NOT (" * 200 + "a" + ")" * 200,
        "NOT (b*": "NOT (b* " * 100 + "a" + ")" * 100,
        "(a OR": "(a OR " * 150 + "b" + ")" * 150,
        "(a* AND": "(a* AND " * 150 + "b" + ")" * 150,
        "title:(": "title:(" * 200 + "a" + ")" * 200,
        "near": '"wind stein"~100000',
        "weight": "a^999999999999",
    }
    return {f"nested {name}": query for name, query in nested.items()}


def _lists(draw: random.Random, running: list[str], words: list[str], common: list[str]) -> dict[str, str]:
    return {
        "20,000 unknown words": " ".join(f"word{number}" for number in range(20_000)),
        "20,000 numbers": " ".join(map(str, range(20_000))),
        "20,000 words": " ".join(running[:20_000]),
        "20,000 different words": " ".join((words * 20)[:20_000]),
        "a AND a": " AND ".join(["a"] * 500),
        "frequent AND": " AND ".join(common[:256]),
        "frequent OR": " OR ".join(common[:500]),
        "frequent": " ".join(common[:300]),
        "rare": " ".join(words[-300:]),
        "not the frequent": "wind " + " ".join(f"NOT {word}" for word in common[:300]),
        "a phrase of 1,000": '"' + " ".join(running[:1000]) + '"',
        "a phrase of 1,000 frequent": '"' + " ".join(common[:1000]) + '"',
        "a phrase of one word": '"' + " ".join([common[0]] * 1000) + '"',
        "phrases": " ".join(f'"{left} {right}"' for left, right in pairwise(common[:201])),
        "no phrases": "wind " + " ".join(f'-"{left} {right}"' for left, right in pairwise(common[:201])),
        "pairs nearby": " ".join(f'"{left} {right}"~50' for left, right in pairwise(common[:101])),
        "a hundred nearby": '"' + " ".join(common[:100]) + '"~1000',
        "joined by hyphens": "-".join(words[:3000]),
        "syllables": " ".join("".join(draw.choices(SYLLABLES, k=9)) for _ in range(100)),
        "words~2": " ".join(f"{word}~2" for word in words[:16]),
        "beginnings~2": " ".join(f"{word[:3]}~2" for word in words[:16]),
        "100 words~1": " ".join(f"{word}~1" for word in words[:100]),
        "kinds of one": " ".join("kasachstan"[:end] for end in range(3, 10)) * 20,
    }


def _unknown(draw: random.Random, wrong: dict[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, parts in PARTS.items():
        found[f"typos, {code}"] = " ".join(wrong[code][:16])
        found[f"5,000 letters, {code}"] = "".join(draw.choices(parts, k=1500))[:5000]
        found[f"unknown, {code}"] = " ".join("".join(draw.choices(parts, k=8)) for _ in range(60))
    return found
