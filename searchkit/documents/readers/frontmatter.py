"""What stands between the two ``---`` at the head of a page?

The part of YAML that people write there (and TOML between ``+++``): keys with
plain, quoted, folded and literal values, lists on one line or several.  No
anchors, tags or nested maps: a map's keys are read as ``key.inner``.
"""

import re

from searchkit.documents.facts import one_line, parse_date, parse_language
from searchkit.typed import NamedTuple

MAX_LINES = 1000  # a longer one is a data file
_KEY = re.compile(r"""(?:(["'])([^"']{1,100})\1|([^\s#\-\[{"'>|&*!%@`:][^:\n"']{0,100}?))[ \t]*:(?:[ \t]+(.*))?$""")
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_ENDLESS_KEY = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){100}")  # a.a.a...: 20,000 of them took tomllib 1.5 GB
_ESCAPES = {"n": " ", "t": " ", '"': '"', "\\": "\\", "/": "/"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_TITLE = ("title", "headline", "name")
_DATE = ("date", "published", "publishdate", "pubdate", "published_at", "created", "created_at", "datum", "дата", "날짜")
_LANGUAGE = ("lang", "language", "locale", "sprache")
_URL = ("url", "link", "canonical_url", "source_url")


class FrontMatter(NamedTuple):
    """What a front matter says.

    Attributes:
        title, language, date: as in ``Document``.
        facts: everything else, one line each.
        end: offset in the source at which the page itself begins.
        lines: of the front matter, its marks included.
    """

    title: str | None
    language: str
    date: str | None
    facts: dict[str, str]
    end: int
    lines: int


def front_matter(source: str) -> FrontMatter | None:
    """Read the front matter of a page; None if it has none.

    Args:
        source: the whole text, LF line ends.
    """
    start = len(source) - len(source.lstrip("\ufeff"))
    fence = source[start : start + 3]
    if fence not in ("---", "+++"):
        return None
    # Not all lines of a file of 100 MB.
    head = source[start : start + 200 * MAX_LINES].split("\n")[: MAX_LINES + 1]
    if head[0].rstrip() != fence:
        return None
    ends = (fence, "...") if fence == "---" else (fence,)
    close = next((number for number, line in enumerate(head[1:], start=1) if line.rstrip() in ends), 0)
    values = _toml(head[1:close]) if fence == "+++" else _yaml(head[1:close])
    if not close or values is None:
        return None
    end = start + sum(len(line) + 1 for line in head[: close + 1])
    return _understood(values, min(end, len(source)), close + 1)


def _understood(values: dict[str, str], end: int, lines: int) -> FrontMatter:
    """Pick out title, language and date."""
    lowered = {key.lower(): key for key in values}

    def take(names: tuple[str, ...]) -> str:
        key = next((lowered[name] for name in names if values.get(lowered.get(name, ""))), "")
        return values.pop(key) if key else ""

    title, language, written, url = take(_TITLE), take(_LANGUAGE), take(_DATE), take(_URL)
    facts = {key: " ".join(value.split()) for key, value in values.items() if value.strip()}
    if url:
        facts["url"] = url
    return FrontMatter(one_line(title), parse_language(language), parse_date(written), facts, end, lines)


def _yaml(lines: list[str]) -> dict[str, str] | None:
    """Read keys and values; None if this is no list of keys (a ruler in a text, another YAML document)."""
    values: dict[str, str] = {}
    key = ""
    block = ""
    outer: list[tuple[int, str]] = []
    for line in lines:
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" \t"))
        if not bare or (bare.startswith("#") and not block):
            continue
        found = _KEY.match(bare) if indent == 0 or not block else None
        if found and (indent == 0 or not (block or (values.get(key) and not bare.startswith("-")))):
            while outer and outer[-1][0] >= indent:
                outer.pop()
            name = (found[2] or found[3]).strip()
            key = ".".join([*(part for _, part in outer), name])
            outer.append((indent, name))
            value = (found[4] or "").strip()
            block = value if re.fullmatch(r"[>|][+-]?\d?[+-]?", value) else ""
            values[key] = "" if block else _scalar(value)
        elif key and (indent or bare.startswith("- ")):
            item = _scalar(bare[2:].strip() if bare.startswith("- ") and not block else bare)
            joint = ", " if bare.startswith("- ") and not block else " "
            values[key] += (joint if values[key] else "") + item
        else:
            return None
    return values or None


def _scalar(value: str) -> str:
    """Read a value: quoted, a list on one line, or plain up to a comment."""
    if value.startswith('"') and value.endswith('"') and len(value) > 1:
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _ESCAPES.get(found[2], found[2]), value[1:-1])
    if value.startswith("'") and value.endswith("'") and len(value) > 1:
        return value[1:-1].replace("''", "'")
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_scalar(item.strip()) for item in value[1:-1].split(",") if item.strip())
    plain = value if value[:1] in "\"'" else _COMMENT.sub("", value).strip()
    return "" if plain in ("null", "~") else plain


def _toml(lines: list[str]) -> dict[str, str] | None:
    """Read a front matter in TOML."""
    import tomllib

    text = "\n".join(lines)
    if _ENDLESS_KEY.search(text):
        return None
    try:
        parsed = tomllib.loads(text)
        values = {key: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in parsed.items()}
    except (ValueError, RecursionError):
        return None
    return values or None
