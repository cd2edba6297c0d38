"""Text as the full-text index takes it: one token a character, so any phrase of characters is found.

Both sides, text and question, go through the same functions.
"""

from __future__ import annotations

from aiwei_cli.query.asked import squeezed

# SQLite ends a question at NUL, and takes U+180E for a blank, which Python does not.
_ODD = {0: "\ufffd", 0x180E: "\ufffd"}


def characters(text: str) -> str:
    """A text as its characters with blanks between them; white space is dropped, capitals are small."""
    return " ".join(squeezed(text).translate(_ODD))


def phrase(words: str) -> str:
    """The question for these very characters in a row."""
    return quoted(characters(words))


def quoted(text: str) -> str:
    """A string of the query language of FTS5."""
    return '"' + text.replace('"', '""') + '"'
