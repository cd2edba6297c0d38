"""Text for XML: what no XML document may hold is taken out, and what would be markup is escaped."""

from __future__ import annotations

import re

# Control characters, halves of surrogate pairs, and the two that are no characters (XML 1.0, section 2.2).
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text that XML can hold, with line feeds alone between its lines.

    >>> clean("甲\\x00乙\\r\\n丙")
    '甲乙\\n丙'
    """
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def escaped(text: str) -> str:
    """A clean text with its markup escaped, for an element or an attribute in double quotes.

    >>> escaped('<甲 & "乙">')
    '&lt;甲 &amp; &quot;乙&quot;&gt;'
    """
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
