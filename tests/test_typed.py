"""Is a named tuple of the house what ``typing`` makes of the same class?"""

import copy
import pickle
import typing

import pytest

from searchkit.typed import NamedTuple

CALLS: list[tuple[tuple[typing.Any, ...], dict[str, typing.Any]]] = [
    (("a",), {}),
    (("a", 4), {"tags": ("x",)}),
    ((), {"name": "b", "size": 0}),
]


class Ours(NamedTuple):
    """One of ours."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = ()

    @property
    def double(self) -> int:
        """Twice the size."""
        return 2 * self.size


class Theirs(typing.NamedTuple):
    """One of typing's."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = ()

    @property
    def double(self) -> int:
        """Twice the size."""
        return 2 * self.size


def test_it_is_made_and_read_alike() -> None:
    """By position, by name, with defaults; equal to the bare tuple."""
    for arguments, names in CALLS:
        ours, theirs = Ours(*arguments, **names), Theirs(*arguments, **names)

        assert tuple(ours) == tuple(theirs)
        assert ours == tuple(theirs)
        assert (ours.name, ours.size, ours.tags, ours.double) == (theirs.name, theirs.size, theirs.tags, theirs.double)
        assert ours._asdict() == theirs._asdict()
        assert tuple(ours._replace(size=9)) == tuple(theirs._replace(size=9))
        assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
        assert hash(ours) == hash(theirs)
    assert (Ours._fields, Ours._field_defaults, Ours.__doc__) == (Theirs._fields, Theirs._field_defaults, "One of ours.")


def test_wrong_arguments_are_refused_alike() -> None:
    """Too few, too many, unknown, twice."""
    calls = [((), {}), (("a", 1, (), 2), {}), (("a",), {"colour": 1}), (("a",), {"name": "b"})]
    for kind in (Ours, Theirs):
        for arguments, names in calls:
            with pytest.raises(TypeError):
                kind(*arguments, **names)  # type: ignore[arg-type]
        with pytest.raises(AttributeError):
            kind("a").size = 4  # type: ignore[misc]
        with pytest.raises((ValueError, TypeError)):
            kind("a")._replace(colour=4)  # type: ignore[call-arg]


def test_it_travels_and_matches() -> None:
    """Between processes, into copies, through ``match``."""
    one = Ours("a", 5)

    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 -- our own bytes
    assert type(copy.copy(one)) is Ours
    match one:
        case Ours(name, size):
            assert (name, size) == ("a", 5)
