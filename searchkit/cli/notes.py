"""What should a person be told beside the results?

Corrections, guesses, limits and advice, as single lines; pure functions of a
result.
"""

from searchkit.app.results import Correction, Interpretation, SearchResult
from searchkit.cli.terminal import sanitize_line, text_width
from searchkit.settings import SearchSettings
from searchkit.text.patterns import lazy_pattern

_CONDITION = lazy_pattern(r"(?<![^\s(-])(title|lang|path|date):(\S*)")
"""A condition in an expression: it may let nothing through, as an option may."""


def search_notes(result: SearchResult, settings: SearchSettings) -> list[str]:
    """Give the lines that a search owes its reader: what was changed, what was guessed, what was cut short."""
    interpretation = result.interpretation
    lines = [_correction(correction, settings) for correction in interpretation.corrections if result.total]
    if interpretation.guessed and interpretation.languages:
        lines.append(f"query taken as {' or '.join(interpretation.languages)}; --lang says otherwise")
    lines += [f"cut short: {limit}" for limit in interpretation.limits]
    lines.append(_summary(result) if result.total else nothing_found(result, settings))
    return lines


def _correction(correction: Correction, settings: SearchSettings) -> str:
    if not correction.suggestions:
        return f"not in the index: {correction.word}"
    if correction.used and settings.fuzzy == "on":  # which looks beside known words too
        return f"similar to {correction.word}: looked for {', '.join(correction.suggestions[:3])} as well"
    if correction.used:
        return f"not in the index: {correction.word}; looked for {', '.join(correction.suggestions[:3])} as well"
    return f"not in the index: {correction.word}; did you mean {' or '.join(correction.suggestions[:3])}?"


def _summary(result: SearchResult) -> str:
    shown = len(result.hits)
    found = f"{result.total} document{'s' if result.total != 1 else ''}"
    return f"{found if shown == result.total else f'{shown} of {found}'} in {result.seconds:.3f} s"


def nothing_found(result: SearchResult, settings: SearchSettings) -> str:
    """Give the one line of advice for a search without hits."""
    query = " ".join(result.query.split())
    better = corrected_query(query, result.interpretation)
    if better != query:
        return f"nothing found for: {query}; did you mean: {better}"
    unknown = [correction.word for correction in result.interpretation.corrections]
    if unknown:
        return f"nothing found for: {query}; not in the index: {', '.join(unknown)}"
    if not query:
        return "nothing found: the query is empty"
    suspects = _conditions(query, result.interpretation, settings)
    if suspects:
        return f"nothing found for: {query}; more may be found without {suspects}"
    if result.interpretation.match == "all" and " " in query:
        return f"nothing found for: {query}; fewer words or --match any find more"
    return f"nothing found for: {query}; try another word, or see what is indexed with: searchkit status"


def _conditions(query: str, interpretation: Interpretation, settings: SearchSettings) -> str:
    """Name the options and fields that let only some documents through."""
    given = {"--in": settings.in_languages, "--path": settings.paths, "--since": settings.since, "--until": settings.until}
    asked = _CONDITION.findall(query) if interpretation.syntax == "full" else []
    names = list(dict.fromkeys([*(name for name, value in given.items() if value), *(f"{field}:" for field, _ in asked)]))
    patterns = [*settings.paths, *(value for field, value in asked if field == "path")]
    # Who knows the shell's *.md expects it to find files in any folder.
    narrow = any("*" in pattern and "**" not in pattern for pattern in patterns)
    return listed(names) + (" (* stops at /, ** does not)" if narrow else "")


def listed(names: list[str]) -> str:
    """Join names as a sentence does.

    >>> listed(["--in", "--since", "--until"])
    '--in, --since and --until'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def corrected_query(query: str, interpretation: Interpretation) -> str:
    """Put the best suggestions in place of the unknown words."""
    for correction in interpretation.corrections:
        if correction.suggestions:
            query = query.replace(correction.word, correction.suggestions[0], 1)
    return query


def marked_position(query: str, position: int) -> list[str]:
    """Show a query with a mark under the character at ``position``."""
    before = sanitize_line(query[:position])
    return [f"  {before}{sanitize_line(query[position:])}", f"  {' ' * text_width(before)}^"]
