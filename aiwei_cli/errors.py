"""Errors that a person can act on.

Each names the file, the place and the cure in one Chinese sentence; the command line prints it and exits with 2.
"""

from __future__ import annotations


class AiweiError(Exception):
    """Something outside the program is wrong: a file, a rule or a call. ``str(error)`` is the whole message."""


class ReadError(AiweiError):
    """A source could not be read."""


class RulesError(AiweiError):
    """A rule file does not have the shape it must have."""


class UsageError(AiweiError):
    """A command was called with values that cannot be used together."""


def whereof(error: AiweiError) -> dict[str, str]:
    """The file that an error is about, if any: its sentence begins with the name. As a name may hold ： itself, the
    longest name that exists is taken.
    """
    from itertools import accumulate
    from os.path import lexists

    *parts, _ = str(error).split("：")
    if not parts or not isinstance(error, ReadError | RulesError):
        return {}
    names = list(accumulate(parts, "{}：{}".format))
    return {"file": next(filter(lexists, reversed(names)), names[0])}


def own_fault(error: Exception) -> str:
    """The sentence about a file on which aiwei's own code failed: the other files go on. With ``$AIWEI_DEBUG`` the
    error is raised instead, which shows where.
    """
    import os

    if os.environ.get("AIWEI_DEBUG"):
        raise error
    what = " ".join(f"{type(error).__name__}: {error}".split())[:120]
    return f"读它时 aiwei 自己出了错（{what}）；这个文件跳过，请把出错的情形告诉 aiwei 的维护者"


class Over(BaseException):
    """The time of a file is over. No reader catches it by accident; only :class:`aiwei_cli.reading.budget.Budget`
    does."""
