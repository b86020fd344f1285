"""What do records and annotations need of ``typing``, without its import?

``typing`` costs as much as an empty interpreter, and every ``NamedTuple`` of
its a tenth of a hundredth more, for it writes and compiles source text.  A
one-word search defines sixty of them.  Type checkers see ``typing``'s own.
"""

import sys

TYPE_CHECKING = False  # what `typing` calls so
if TYPE_CHECKING or sys.version_info >= (3, 14):  # from 3.14 on a class body has no annotations to read
    from typing import Any as Any
    from typing import NamedTuple as NamedTuple
    from typing import Protocol as Protocol
    from typing import Self as Self
else:
    from _collections import _tuplegetter

    Any = Self = object

    class Protocol:
        """A class that says what others must have."""

    _CODES = {}

    def _constructor(names, defaults):
        """Make ``__new__`` with these parameters: one compiled for each number of them, the names put in."""
        code = _CODES.get(len(names))
        if code is None:
            letters = ", ".join(f"_{at}" for at in range(len(names)))
            code = _CODES[len(names)] = eval(f"lambda cls, {letters}: _new(cls, ({letters},))").__code__
        made = type(_constructor)(code.replace(co_varnames=("cls", *names)), {"_new": tuple.__new__}, "__new__", defaults)
        made.__doc__ = None
        return made

    class _Maker(type):
        """Makes a class of named tuples of a class body with annotations."""

        def __new__(cls, name, bases, body):
            if "__annotations__" in body and "_fields" not in body:
                names = tuple(body["__annotations__"])
                defaults = {field: body[field] for field in names if field in body}
                body.update((field, _tuplegetter(at, None)) for at, field in enumerate(names))
                body |= {"_fields": names, "_field_defaults": defaults, "__match_args__": names}
                body["__new__"] = _constructor(names, tuple(defaults.values()))
            body.setdefault("__slots__", ())
            return type.__new__(cls, name, bases, body)

    class NamedTuple(tuple, metaclass=_Maker):
        """A tuple whose places have names; see ``typing.NamedTuple``."""

        def _replace(self, /, **changes):
            """Give the same with some fields changed."""
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"no such fields: {list(changes)!r}")
            return made

        @classmethod
        def _make(cls, values):
            """Make one of as many values as there are fields."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{len(cls._fields)} values expected, {len(made)} given")
            return made

        def _asdict(self):
            """Give the fields by name."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self, strict=True))})"

        def __getnewargs__(self):
            return tuple(self)
