"""What is left of a line of Markdown without its inline marks?

Emphasis, links, images, code spans, escapes; block by block, because a link
or an emphasis may run over a line end but not over a blank line.  Every line
break stays.  All patterns are possessive or bounded: time is linear in the text.
"""

import re

# Punctuation that must survive (code, escapes) hides in a private plane until the end.
_PLANE = 0x10F000
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t"
SHIELD = {ord(char): _PLANE + ord(char) for char in _PUNCTUATION}
UNSHIELD = {hidden: " " if char == 9 else chr(char) for char, hidden in SHIELD.items()}  # noqa: PLR2004 - a tab

_ESCAPE_OR_TICKS = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)")
_TITLE = r"""(?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?"""
_TARGET = rf"\(\s*+(?:<[^<>\n]*+>|[^\s()<]*+(?:\([^\s()]*+\)[^\s()]*+)*+){_TITLE}\s*+\)"
_IMAGE = re.compile(rf"!\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\](?:{_TARGET}|\[[^\[\]]*+\])")
_LINK = re.compile(rf"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]{_TARGET}(?:\{{[^{{}}\n]*+\}})?")
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|\n]*+\|)?([^\[\]|\n]++)\]\]")
_REFERENCE = re.compile(r"\[([^\[\]]++)\](?:\s?\[([^\[\]]*+)\])?")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]")
_AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,30}:|[\w.+-]+@)[^\s<>]*+)>")
_EMPHASIS = re.compile(r"\*+|_+|~~")


def strip_inline(lines: list[str], definitions: set[str]) -> list[str]:
    """Take the inline marks off lines.

    Args:
        lines: of a text whose block marks are gone.
        definitions: labels of reference links, case-folded.

    Returns:
        As many lines.
    """
    done: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
            continue
        if block:
            done.extend(_strip("\n".join(block), definitions).split("\n"))
            block = []
        done.append("")
    return done[:-1]


def _strip(block: str, definitions: set[str]) -> str:
    """Take the inline marks off a block, keeping the number of its line breaks."""
    if not any(mark in block for mark in "\\`[*_<~"):
        return block
    text = _protect(block)
    if "[" in text:
        text = _WIKI.sub(r"\1", text)
        # ![[x](y)](z) and [![x](y)](z): from the inside to the outside.
        for pattern in (_IMAGE, _LINK):
            text = pattern.sub(_keep_lines, text)
        text = _FOOTNOTE.sub("", text)
        if definitions:
            text = _REFERENCE.sub(lambda found: _referred(found, definitions), text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    return _without_emphasis(text)


def _keep_lines(found: re.Match[str]) -> str:
    """Keep the text of a link and the line breaks of its target."""
    return found[1] + "\n" * (found[0].count("\n") - found[1].count("\n"))


def _referred(found: re.Match[str], definitions: set[str]) -> str:
    """Keep the text of a reference link if its label is defined."""
    label = " ".join((found[2] or found[1]).casefold().split())
    return _keep_lines(found) if label in definitions else found[0]


def _protect(block: str) -> str:
    """Hide escaped characters and what stands in code spans from the other marks."""
    if "\\" not in block and "`" not in block:
        return block
    ticks: dict[int, list[int]] = {}
    for found in _ESCAPE_OR_TICKS.finditer(block):
        if found[2]:
            ticks.setdefault(len(found[2]), []).append(found.start())
    out: list[str] = []
    at = 0
    for found in _ESCAPE_OR_TICKS.finditer(block):
        if found.start() < at:
            continue
        if found[1]:
            out += block[at : found.start()], found[1].translate(SHIELD)
            at = found.end()
            continue
        waiting = ticks[len(found[2])]
        while waiting and waiting[-1] != waiting[0] and waiting[0] <= found.start():
            waiting.pop(0)
        if waiting and waiting[0] > found.start():
            code = block[found.end() : waiting[0]]
            out += block[at : found.start()], code.strip(" ").translate(SHIELD)
            at = waiting[0] + len(found[2])
    return "".join([*out, block[at:]])


def _without_emphasis(text: str) -> str:
    """Take away the stars, underscores and tildes that come in pairs around words."""
    gone: list[tuple[int, int]] = []
    opened: dict[str, tuple[int, int]] = {}
    for found in _EMPHASIS.finditer(text):
        before, after = text[found.start() - 1 : found.start()] or " ", text[found.end() : found.end() + 1] or " "
        inside_word = before.isalnum() and after.isalnum()
        # snake_case, 5*3: no emphasis.  한국**과학**을 is one.
        if inside_word and (found[0][0] == "_" or (before.isdigit() and after.isdigit())):
            continue
        opens, closes = not after.isspace(), not before.isspace()
        if found[0][0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        if closes and found[0] in opened:
            gone += opened.pop(found[0]), found.span()
        elif opens:
            opened[found[0]] = found.span()
    out: list[str] = []
    at = 0
    for start, end in sorted(gone):
        out.append(text[at:start])
        at = end
    return "".join([*out, text[at:]])
