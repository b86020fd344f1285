"""Draw docs/search.svg, the picture in the README, from real searches of corpus/.

    make demo && .venv/bin/python docs/picture.py

The program itself prints on a pseudo-terminal; Rich turns what it printed
into a drawing.  Nothing in the picture is written by hand but the prompts.
"""

import html
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

TOP = Path(__file__).resolve().parent.parent
COLUMNS = 92
SEARCHES = (
    ["search", "-n", "1", "과학기술 협력"],
    ["search", "-n", "1", "ғарыш келісім"],
    ["search", "-n", "1", "Windkraft"],
    ["search", "-n", "1", "cooperaton"],
)
_PIECE = re.compile('(<text [^>]*)textLength="([0-9.]+)"([^>]*>)([^<]+)</text>')
_LINK = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\")  # a file link holds the path of this machine


def printed(arguments: list[str]) -> str:
    """Run the program on a pseudo-terminal; give what it printed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    program = str(TOP / ".venv" / "bin" / "searchkit")
    with subprocess.Popen([program, *arguments], stdout=theirs, stderr=theirs, stdin=theirs, env=environment):  # noqa: S603 -- our own
        os.close(theirs)
        output = b""
        try:
            while data := os.read(ours, 1 << 16):
                output += data
        except OSError:
            pass  # how Linux says that the other end was closed
    os.close(ours)
    return _LINK.sub("", output.decode("utf-8").replace("\r\n", "\n"))


def _widened(match: re.Match[str]) -> str:
    """Give a piece of text the width of its cells: Rich counts characters, and Hangul takes two cells each."""
    text = html.unescape(match[4])
    width = float(match[2]) * cell_len(text) / len(text)
    return f'{match[1]}textLength="{width:g}"{match[3]}{match[4]}</text>'


def main() -> int:
    """Draw the picture."""
    os.chdir(TOP)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor")
        for arguments in SEARCHES:
            shown = [f"'{word}'" if " " in word or '"' in word else word for word in arguments]
            console.print(Text("$ ", "bold green") + Text(f"searchkit {' '.join(shown)}", "bold"))
            console.print(Text.from_ansi(printed(arguments).rstrip("\n")))
            console.print()
    drawing = console.export_svg(title="searchkit")
    (TOP / "docs" / "search.svg").write_text(_PIECE.sub(_widened, drawing), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
