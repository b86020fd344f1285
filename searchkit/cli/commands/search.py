"""``searchkit search``: find documents."""

from collections.abc import Iterator, Mapping

import click

from searchkit.cli.help import Choice, Command
from searchkit.cli.options import Count, Day, LanguageCode, Seconds, common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.formats import FORMATS, Asked
from searchkit.cli.session import Session
from searchkit.cli.told import Common
from searchkit.typed import Any

EXAMPLES = """
searchkit search cooperation in science
searchkit search --in kk --since 2023 су ресурстары
searchkit search '"renewable energy"~5 -coal title:report'
searchkit search --format jsonl 과학기술 | jq .snippets
searchkit search -l0 Wasserstoff | xargs -0 wc -w
searchkit search - --format json < queries.txt
"""


@click.command("search", cls=Command, examples=EXAMPLES)
@click.argument("query", nargs=-1)
@click.option("-n", "--limit", type=Count(), default=10, metavar="N", help="Hits at most; 0 for all [10].")
@click.option("--offset", type=Count(), default=0, metavar="N", help="Leave out the N best.")
@click.option("--lang", type=LanguageCode(), default="auto", metavar="LANG", help="Language of the query [auto].")
@click.option("--in", "in_languages", type=LanguageCode(auto=False), multiple=True, metavar="LANG", help="Documents in this language only.")
@click.option("--path", "paths", multiple=True, metavar="GLOB", help="Documents under these paths only; ** crosses /.")
@click.option("--since", type=Day(), default="", metavar="DATE", help="Documents of this date or later.")
@click.option("--until", type=Day(), default="", metavar="DATE", help="Documents of this date or earlier.")
@click.option("--match", type=Choice(["auto", "all", "any"]), default="auto", help="How many of the words must be there.")
@click.option("--exact", is_flag=True, help="The words as they are written only.")
@click.option("--fuzzy", type=Choice(["auto", "off", "on"]), default="auto", help="Similar words: for unknown ones, never, always.")
@click.option("--sort", type=Choice(["score", "date", "path"]), default="score", help="Order of the hits [score].")
@click.option("--syntax", type=Choice(["auto", "plain", "full"]), help="Read the query as text or as an expression.")
@click.option("--snippets", type=Count(), default=1, metavar="N", help="Snippets of a document; 0 for none [1].")
@click.option("--context", type=Count(20), default=200, metavar="CHARS", help="Length of a snippet, about [200].")
@click.option("--explain", is_flag=True, help="Tell how each score came about.")
@click.option("-l", "--paths", "only_paths", is_flag=True, help="Print the paths only, each file once.")
@click.option("-0", "--null", "null", is_flag=True, help="Paths as they are, each ended by NUL.")
@click.option("-c", "--count", "only_count", is_flag=True, help="Print the number of all hits only.")
@click.option("--format", "format_", type=Choice(FORMATS), default="auto", help="Output format [text].")
@click.option("--queries", metavar="FILE", help="Read queries from JSON Lines with _id and text.")
@click.option("--timeout", "timeout_seconds", type=Seconds(), metavar="SECONDS", help="Processor time for a query; 0 for no end [2].")
@common_options
@click.pass_context
# Click hands over one argument an option: naming all of them again would say nothing new.
def command(ctx: click.Context, /, **given: Any) -> int:
    """Find the documents that a QUERY asks for, best first.

    Several words are one query. The query - reads one query a line from
    standard input, ID<TAB>QUERY or the query alone. A query that begins with -
    comes after --.

    A query may hold "a phrase", AND OR NOT, brackets, -word, =word (as
    written), title:word, lang:de, path:dir/*, date:2024..2025, word*, wo?d,
    word~1, "a b"~5. The status is 0 if something was found, 1 if nothing.
    """
    common = ctx.ensure_object(Common)
    queries = _queries(given, ctx)
    with opened(common) as screen:
        return Session(common, given, screen).run(queries)


def _queries(given: Mapping[str, Any], ctx: click.Context) -> Iterator[Asked]:
    from searchkit.cli.batch import iter_file, iter_standard_input

    words = given["query"]
    if given["queries"] is not None:
        if words:
            ctx.fail("queries come from --queries or from the command line, not from both")
        # Read as a whole: a file that is broken at its end is told before the first answer.
        return iter(list(iter_file(given["queries"])))
    if not words:
        ctx.fail("no query; give some words, - for standard input, or see searchkit search --help")
    if words == ("-",):
        return iter_standard_input()
    return iter([Asked("1", " ".join(words))])
