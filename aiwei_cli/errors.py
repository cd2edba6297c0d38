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
