"""Records do what a frozen dataclass with slots does."""

import copy
import pickle
import typing
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, fields, is_dataclass, replace
from inspect import signature
from pathlib import Path

import pytest

from aiwei_cli import records
from aiwei_cli.notice import model
from aiwei_cli.records import NamedTuple, field, mutable, record


@record
class Made:
    """A record."""

    name: str
    span: tuple[int, int] = (0, 0)
    hidden: str = field(default="", repr=False, compare=False)

    @property
    def length(self) -> int:
        return self.span[1] - self.span[0]


@dataclass(frozen=True, slots=True)
class Usual:
    """The same by the standard library."""

    name: str
    span: tuple[int, int] = (0, 0)
    hidden: str = field(default="", repr=False, compare=False)


@record
class One:
    """A record of one field."""

    name: str


@mutable
class Sheet:
    """Filled bit by bit."""

    name: str
    lines: list[str] = field(default_factory=list)


class Pair(NamedTuple):
    """Two of a kind."""

    first: int
    second: int = 2

    @property
    def both(self) -> int:
        return self.first + self.second


class UsualPair(typing.NamedTuple):
    """Two of a kind."""

    first: int
    second: int = 2

    @property
    def both(self) -> int:
        return self.first + self.second


DUTY = model.Duty("lead", "财政所", "财政所", (3, 6))
NODE = model.Node("1", "1.", 3, "", "修路。", (0, 9), None, 1, (DUTY,))
NOTICE = model.Notice("1.修路。", model.Source(), body=(NODE,))


@pytest.mark.parametrize("it", [DUTY, NODE, NOTICE, Made("a", (1, 3), "b"), One("x")])
def test_a_record_is_copied_pickled_and_compared(it: model.Notice) -> None:
    twins = [copy.copy(it), copy.deepcopy(it), replace(it)]
    twins += [pickle.loads(pickle.dumps(it, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for twin in twins:
        assert twin == it and hash(twin) == hash(it) and repr(twin) == repr(it) and type(twin) is type(it)
    assert is_dataclass(it) and [part.name for part in fields(it)] == list(type(it).__slots__) == [*asdict(it)]
    assert len(astuple(it)) == len(fields(it)) and not hasattr(it, "__dict__")


def test_it_is_what_the_standard_library_makes() -> None:
    for made, usual in [(Made("a"), Usual("a")), (Made("a", (1, 2), "c"), Usual("a", (1, 2), "c"))]:
        assert repr(made) == repr(usual).replace("Usual", "Made")
        assert hash(made) == hash(usual)
        assert asdict(made) == asdict(usual)
    assert Made.__match_args__ == Usual.__match_args__ and Made.__slots__ == Usual.__slots__
    assert str(signature(Made)).partition(" ->")[0] == str(signature(Usual)).partition(" ->")[0]
    others: list[object] = [Usual("a"), ("a", (0, 0))]
    assert Made("a") not in others
    assert Made("a", hidden="b") == Made("a") and Made("a") != Made("b")
    assert Made("a", (1, 4)).length == 3 and Made(name="a", span=(1, 4)) == Made("a", (1, 4))


def test_a_record_is_frozen_and_final() -> None:
    for name in ("office", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(DUTY, name, "")
    with pytest.raises(FrozenInstanceError):
        del DUTY.office
    with pytest.raises(TypeError, match="不能再派生子类"):
        type("Other", (model.Duty,), {})
    with pytest.raises(TypeError, match="missing"):
        model.Duty("lead")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected"):
        replace(DUTY, nothing=1)  # type: ignore[call-arg]


def test_a_sheet_has_lists_of_its_own_and_is_equal_to_none() -> None:
    one, other = Sheet("a"), Sheet("a")
    one.lines.append("x")
    assert other.lines == [] and one != other and repr(one) == "Sheet(name='a', lines=['x'])"
    assert Sheet("b", ["y"]).lines == ["y"] and Sheet("b", []).lines == []
    with pytest.raises(AttributeError):
        one.other = 1  # type: ignore[attr-defined]


@record
class Memo:
    """Frozen, with a dict of its own that two are not compared by."""

    name: str
    seen: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


def test_a_frozen_record_may_hold_what_is_made_for_it() -> None:
    one, other = Memo("a"), Memo("a")
    one.seen["x"] = 1
    assert other.seen == {} and one == other and hash(one) == hash(other) and repr(one) == "Memo(name='a')"
    assert Memo("a", {"y": 2}).seen == {"y": 2} and pickle.loads(pickle.dumps(one)).seen == {"x": 1}


def test_a_named_tuple_is_what_typing_makes() -> None:
    for one, other in ((Pair(1), UsualPair(1)), (Pair(second=3, first=1), UsualPair(1, 3))):
        assert (tuple(one), one.both, one._asdict()) == (tuple(other), other.both, other._asdict())
        assert pickle.loads(pickle.dumps(one)) == one._replace(first=1) == one
        assert repr(one) == repr(other).removeprefix("Usual")
    for name in ("__doc__", "__module__", "__annotations__", "_fields", "_field_defaults", "__match_args__"):
        assert getattr(Pair, name) == getattr(UsualPair, name)
    assert typing.get_type_hints(Pair) == {"first": int, "second": int}
    assert signature(Pair).parameters.keys() == signature(UsualPair).parameters.keys()


def test_modules_with_named_tuples_keep_annotations_as_words() -> None:
    modules = [path.read_text("utf-8") for path in Path(records.__file__).parent.rglob("*.py")]
    named = [text for text in modules if "(NamedTuple)" in text]
    assert named and all("from __future__ import annotations\n" in text for text in named), "Python 3.14 has none else"
