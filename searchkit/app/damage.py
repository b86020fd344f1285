"""Which deeds tell a damaged index for what it is?  Those that are marked here; ``opening.Sound`` does it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from searchkit.app.opening import Sound

P = ParamSpec("P")
R = TypeVar("R")


def on_sound(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """Mark a deed whose first argument is the folder of the index; ``trust`` is its option."""

    @wraps(function)
    def done(index: str, /, *arguments: P.args, **options: P.kwargs) -> R:
        with Sound(index, trust=bool(options.get("trust"))):
            return function(index, *arguments, **options)

    return done
