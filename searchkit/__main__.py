"""Where does the program begin?

Click costs three to four empty interpreters, so the version is told and plain
searches are answered before it is imported; everything else is the business of
``cli.main``.
"""

import sys

INTERRUPTED = 130
"""128 + SIGINT, as a shell reports it."""


def main() -> int:
    """Run the command line; gives the exit status."""
    try:
        if sys.argv[1:] == ["--version"]:
            from searchkit._version import VERSION

            sys.stdout.write(f"searchkit {VERSION}\n")
            sys.stdout.flush()
            return 0
        import os

        # numpy starts threads for matrices, of which nothing here has any: .13 s of processor time, as much as the rest of its import.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from searchkit.cli.fast import plain_search

        plain = plain_search(sys.argv[1:])
        if plain is not None:
            from searchkit.cli.fast import run as search

            return search(plain)
        from searchkit.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # Ctrl-C while modules are still being imported.
        return INTERRUPTED


def program() -> None:
    """Run the command line, and end the process with its status."""
    status = main()
    if "click" not in sys.modules:
        import os

        # A plain search has nothing to put in order but its streams, and they are flushed:
        # to take every module apart takes half an empty interpreter.
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    program()
