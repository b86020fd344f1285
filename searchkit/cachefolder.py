"""Where does lie what can be made again?  In the user's cache folder; nothing there is ever needed."""

import os


def path() -> str:
    """Give the folder: ``$XDG_CACHE_HOME/searchkit`` or ``~/.cache/searchkit``."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return f"{home if os.path.isabs(home) else os.path.expanduser('~/.cache')}/searchkit"


def write(name: str, data: bytes) -> None:
    """Put a file there, whole or not at all: written aside and renamed, for another process may be making the same one.

    Args:
        name: path of the file; its folder is made if need be.
        data: its content.

    Raises:
        OSError: it cannot be written.
    """
    os.makedirs(os.path.dirname(name), exist_ok=True)
    aside = f"{name}.{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with open(aside, "xb") as file:
            file.write(data)
        os.replace(aside, name)
    except OSError:
        if os.path.lexists(aside):
            os.unlink(aside)
        raise
