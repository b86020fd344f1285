"""``searchkit verify``: is the index sound?"""

import click

from searchkit.cli.help import Choice, Command
from searchkit.cli.options import common_options
from searchkit.cli.pager import opened
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import DETAIL, WRONG, sanitize_line, tell
from searchkit.cli.told import Common

EXAMPLES = """
searchkit verify && echo sound
searchkit verify --format json | jq .faults
"""
SOUND, UNSOUND = 0, 2


@click.command("verify", cls=Command, examples=EXAMPLES)
@click.option("--format", "format_", type=Choice(["auto", "text", "json"]), default="auto", help="Output format [text].")
@common_options
@click.pass_context
def command(ctx: click.Context, format_: str) -> int:
    """Check every checksum and cross-check of the index, and name each fault.

    The status is 0 for a sound index and 2 for another. What an interrupted
    write left behind is mentioned and is no fault.
    """
    from searchkit.app.verifying import verify

    common = ctx.ensure_object(Common)
    faults = verify(common.index, trust=common.trust)
    sound = all(fault.harmless for fault in faults)
    if not common.quiet:
        with opened(common) as screen:
            if format_ == "json":
                record = {"schema_version": SCHEMA_VERSION, "sound": sound, "faults": [fault._asdict() for fault in faults]}
                screen.write(json_text(record, ascii_only=screen.ascii_only) + "\n")
            else:
                for fault in faults:
                    kind = screen.paint("left over", DETAIL) if fault.harmless else screen.paint("fault", WRONG)
                    screen.write(f"{kind}: {sanitize_line(f'{fault.file}: {fault.reason}')}\n")
                if sound:
                    screen.write("sound\n")
    if not sound:
        serious = sum(not fault.harmless for fault in faults)
        tell(f"searchkit: {serious} fault{'s' if serious > 1 else ''}; build the index anew with: searchkit index --rebuild")
    return SOUND if sound else UNSOUND
