"""Which forms does a Kazakh word have?

A generator written from the grammar, independent of the stemmer, so that the
stemmer can be held against it.  Nouns get their sound changes as arguments
where they do not follow from the last sounds (халық/халқ, банк/банк).
"""

from typing import NamedTuple

BACK = "аоұыя"
FRONT = "әөүіеэ"
VOWELS = BACK + FRONT + "июё"
VOICELESS = "пфкқтсшщчцхһбвгд"
VOICING = {"қ": "ғ", "к": "г", "п": "б"}


class Noun(NamedTuple):
    """A noun: bare, before a vowel (``халқ``; "" if it follows from the bare form), its harmony ("" likewise)."""

    bare: str
    before_vowel: str = ""
    harmony: str = ""


def is_back(word: str) -> bool:
    """Tell the harmony by the last vowel that has one; loans in -нк and -рк are front (банкі)."""
    if word.endswith(("нк", "рк")):
        return False
    for letter in reversed(word):
        if letter in BACK:
            return True
        if letter in FRONT:
            return False
    return "у" in word  # су, клуб, институт; but министр


def _kind(word: str) -> str:
    """Name the class of the last sound: vowel, glide (р й у), л, nasal, з ж, voiceless."""
    last = word.rstrip("ьъ")[-1]
    if last in "рйу":
        return "glide"
    if last in VOWELS:
        return "vowel"
    return {"л": "л", "м": "nasal", "н": "nasal", "ң": "nasal", "з": "зж", "ж": "зж"}.get(last, "voiceless")


def _put(word: str, back: bool, forms: str) -> str:  # noqa: FBT001 -- a table of pairs, read by eye
    one, other = forms.split("/")
    return word + (one if back else other)


def plural(word: str, back: bool) -> str:  # noqa: FBT001 -- as above
    """Add -лар and its kin."""
    kind = _kind(word)
    forms = "лар/лер" if kind in ("vowel", "glide") else "тар/тер" if kind == "voiceless" else "дар/дер"
    return _put(word, back, forms)


def cases(word: str, back: bool) -> dict[str, str]:  # noqa: FBT001 -- as above
    """Add the cases to a stem without a possessor of the third person."""
    kind = _kind(word)
    hard = kind == "voiceless"
    own = "т" if hard else "н" if kind in ("vowel", "nasal") else "д"
    object_ = "т" if hard else "н" if kind == "vowel" else "д"
    from_ = "т" if hard else "н" if kind == "nasal" else "д"
    with_ = "пен" if hard else "бен" if kind == "зж" else "мен"
    place = "т" if hard else "д"
    return {
        "genitive": _put(word, back, f"{own}ың/{own}ің"),
        "dative": _put(word, back, "қа/ке" if hard else "ға/ге"),
        "accusative": _put(word, back, f"{object_}ы/{object_}і"),
        "locative": _put(word, back, f"{place}а/{place}е"),
        "ablative": _put(word, back, f"{from_}ан/{from_}ен"),
        "instrumental": word + with_,
        "relative": _put(word, back, f"{place}ағы/{place}егі"),
    }


def third(word: str, back: bool) -> str:  # noqa: FBT001 -- as above
    """Add the possessor of the third person."""
    return _put(word, back, "сы/сі" if _kind(word) == "vowel" else "ы/і")


def third_cases(word: str, back: bool) -> dict[str, str]:  # noqa: FBT001 -- as above
    """Add the cases to a stem with a possessor of the third person."""
    return {
        "third genitive": _put(word, back, "ның/нің"),
        "third dative": _put(word, back, "на/не"),
        "third accusative": word + "н",
        "third locative": _put(word, back, "нда/нде"),
        "third ablative": _put(word, back, "нан/нен"),
        "third instrumental": word + "мен",
        "third relative": _put(word, back, "ндағы/ндегі"),
    }


def noun_forms(noun: Noun) -> dict[str, str]:
    """Give the forms of a noun that texts are full of, by name."""
    bare = noun.bare
    back = is_back(bare) if not noun.harmony else noun.harmony == "back"
    soft = noun.before_vowel or bare[:-1] + VOICING.get(bare[-1], bare[-1])
    possessed = third(soft if _kind(bare) != "vowel" else bare, back)
    ours = _put(bare, back, "мыз/міз") if _kind(bare) == "vowel" else _put(soft, back, "ымыз/іміз")
    many = plural(bare, back)
    found = {"bare": bare, "plural": many, "third": possessed, "our": ours}
    found |= cases(bare, back)
    found |= {f"plural {name}": form for name, form in cases(many, back).items()}
    found |= third_cases(possessed, back)
    theirs = third(many, back)
    found["plural third"] = theirs
    found |= {f"plural {name}": form for name, form in third_cases(theirs, back).items()}
    found |= {f"our {name}": form for name, form in cases(ours, back).items()}
    found["plural our"] = _put(many, back, "ымыз/іміз")
    found["plural our ablative"] = cases(found["plural our"], back)["ablative"]
    return found


def verb_forms(stem: str) -> dict[str, str]:
    """Give the forms of a verb that texts are full of, by name; the stem is the imperative."""
    back = is_back(stem)
    kind = _kind(stem)
    vowel = kind == "vowel"
    hard = kind == "voiceless"
    soft = stem[:-1] + VOICING.get(stem[-1], stem[-1])
    no = stem + ("па" if hard else "ба" if kind in ("зж", "nasal") else "ма")
    no = no if back else no[:-1] + "е"
    base = stem if vowel else soft
    if stem[-1] in "ыі":
        present, noun = stem[:-1] + "и", stem[:-1] + "у"
    elif stem[-1] == "й":
        present, noun = (stem[:-1] + "я", stem[:-1] + "ю") if back else (stem + "е", stem[:-1] + "ю")
    else:
        present, noun = (stem + "й" if vowel else _put(soft, back, "а/е")), base + "у"
    past = _put(stem, back, "ты/ті" if hard else "ды/ді")
    done = _put(stem, back, "қан/кен" if hard else "ған/ген")
    if vowel:
        link = stem + "п"
    elif stem[-1] in "қк":
        link = _put(soft, back, "ып/іп")
    else:
        link = _put(stem, back, "ып/іп")
    return {
        "present": _put(present, back, "ды/ді"),
        "present I": _put(present, back, "мын/мін"),
        "present we": _put(present, back, "мыз/міз"),
        "past": past,
        "past I": past + "м",
        "past we": past + ("қ" if back else "к"),
        "participle": done,
        "participle plural": plural(done, back),
        "participle ablative": cases(done, back)["ablative"],
        "habit": _put(present, back, "тын/тін"),
        "converb": link,
        "condition": _put(stem, back, "са/се"),
        "noun": noun,
        "noun third": _put(noun, back, "ы/і"),
        "noun dative": _put(noun, back, "ға/ге"),
        "not past": _put(no, back, "ды/ді"),
        "not present": _put(no + "й", back, "ды/ді"),
        "not participle": _put(no, back, "ған/ген"),
        "not noun": no + "у",
        "let": _put(stem, back, "сын/сін"),
    }
