"""Text that may go to a terminal: nothing in it can move the cursor, colour, hide or turn around what follows.

Control characters do that, the marks of bidirectional writing, by which what is shown first is said last, and the two
separators that some terminals take for a line feed. The others stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiwei_cli.language.patterns import pattern

_MARKS = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_UNSAFE = pattern(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_MARKS}]")
_BREAKS = pattern(r"[\t\n]")


def safe(text: str) -> str:
    """The text with a blank for each such character; line feeds and tabs stay.

    >>> safe("甲\\x1b[31m乙\\n丙")
    '甲 [31m乙\\n丙'
    """
    return text if text.isprintable() else _UNSAFE.sub(" ", text)


def one_line(text: str) -> str:
    """The same on one line: the words of a name or a notice cannot pass for a second message.

    >>> one_line("甲\\n错误：乙")
    '甲 错误：乙'
    """
    return text if text.isprintable() else _BREAKS.sub(" ", safe(text))


class Screen:
    """A stream to a terminal that lets no control characters of a notice through."""

    def __init__(self, stream: Any) -> None:
        self.unfiltered = stream
        """For text that was checked already and has its own colours."""
        self.before: Callable[[], None] = nothing
        """What is done before anything is written: a progress bar goes."""

    def write(self, text: str) -> Any:
        self.before()
        return self.unfiltered.write(safe(text))

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unfiltered, name)


def nothing() -> None:
    """What is done before writing where nothing has to make room."""
