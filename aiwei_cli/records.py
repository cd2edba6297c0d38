"""Records: what ``@dataclass(frozen=True, slots=True)`` makes, at a fraction of its cost.

``dataclass`` writes and compiles six methods for each class, which took a tenth of a start-up, and its frozen
``__init__`` calls ``object.__setattr__`` for every field, which took most of the time of making the nodes. Here one
method is compiled for each class, and an object is filled first and frozen then. ``dataclasses.fields``, ``replace``,
``asdict``, pickling, copying, comparing, hashing and ``match`` work as with a dataclass; only subclasses of a record
are not possible. ``NamedTuple`` is that of ``typing``, which would compile every annotation.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform

__all__ = ["NamedTuple", "field", "mutable", "record"]

T = TypeVar("T")

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Named(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            names = list(body.get("__annotations__", ()))
            defaults = [body.pop(each) for each in names if each in body]
            made = namedtuple(name, names, defaults=defaults, module=body["__module__"])
            for each, value in body.items():
                setattr(made, each, value)
            return made

    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A frozen class with slots; equal where all fields are, and hashed by them."""
    parts, namespace = _parts(cls)
    names = namespace["__slots__"]
    # The same layout without the freeze: an object is filled as one of these, then becomes one of the others.
    filled = type(cls.__name__, (), {"__slots__": names, "__module__": cls.__module__})
    body = ["self = _filled()", *_filling(parts), "self.__class__ = cls", "return self"]
    namespace["__new__"] = _compiled("__new__", "cls", parts, body, {"_filled": filled})
    namespace["__setattr__"], namespace["__delattr__"] = _set, _delete
    namespace.setdefault("__repr__", _repr)
    namespace["__reduce__"] = _reduce
    namespace["__init_subclass__"] = classmethod(_no_subclass)
    values = _values([part.name for part in parts if part.compare])

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    namespace["__eq__"], namespace["__hash__"] = equal, hashed
    return cast("type[T]", type(cls.__name__, cls.__bases__, namespace))


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def mutable(cls: type[T]) -> type[T]:
    """A class with slots whose objects are filled in bit by bit; two of them are never equal."""
    parts, namespace = _parts(cls)
    namespace["__init__"] = _compiled("__init__", "self", parts, _filling(parts), {})
    namespace["__repr__"] = _repr
    return cast("type[T]", type(cls.__name__, cls.__bases__, namespace))


def _parts(cls: type[Any]) -> tuple[list[Field[Any]], dict[str, Any]]:
    """The fields of a class, and what the class with slots is made of."""
    assert cls.__doc__, "dataclass would write a signature instead, which takes long"
    parts = list(dataclass(init=False, repr=False, eq=False)(cls).__dataclass_fields__.values())
    names = tuple([part.name for part in parts])
    left_out = {*names, "__dict__", "__weakref__"}
    namespace = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    namespace["__slots__"], namespace["__qualname__"] = names, cls.__qualname__
    return parts, namespace


def _compiled(
    name: str, first: str, parts: list[Field[Any]], body: list[str], known: dict[str, Any]
) -> Callable[..., Any]:
    """The method that takes the fields as arguments."""
    wanted = [first]
    for part in parts:
        assert part.init and not part.kw_only, "a record's fields are its arguments, in their order"
        if part.default_factory is not MISSING:
            known[f"_{part.name}"], known["_missing"] = part.default_factory, MISSING
            wanted.append(f"{part.name}=_missing")
        elif part.default is not MISSING:
            known[f"_{part.name}"] = part.default
            wanted.append(f"{part.name}=_{part.name}")
        else:
            wanted.append(part.name)
    exec(f"def {name}({', '.join(wanted)}):\n " + "\n ".join(body), known)
    method: Callable[..., Any] = known[name]
    method.__annotations__ = {part.name: part.type for part in parts}
    return method


def _filling(parts: list[Field[Any]]) -> list[str]:
    """The lines that fill an object: some defaults are made anew for each."""
    made = {
        part.name: f" if {part.name} is not _missing else {'[]' if part.default_factory is list else f'_{part.name}()'}"
        for part in parts
        if part.default_factory is not MISSING
    }
    return [f"self.{part.name} = {part.name}{made.get(part.name, '')}" for part in parts]


def _values(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if len(names) > 1 else lambda self: tuple([getattr(self, name) for name in names])


def _set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _repr(self: Any) -> str:
    shown = [f"{name}={getattr(self, name)!r}" for name, part in self.__dataclass_fields__.items() if part.repr]
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return self.__class__, tuple([getattr(self, name) for name in self.__slots__])


def _no_subclass(cls: type[Any], /, **_: Any) -> None:
    raise TypeError(f"{cls.__mro__[1].__qualname__} 是完整的记录，不能再派生子类")
