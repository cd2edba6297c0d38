"""Offsets in a text: without what is at the ends of a span, up to a sign."""

from __future__ import annotations


def trim(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """The span without the blanks, and the characters of ``also``, at its ends.

    >>> trim("一、 水利局，", 2, 7, "，")
    (3, 6)
    """
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end


def until(sign: str, text: str, start: int, end: int) -> int:
    """Where a sign is in a span, or the end of the span.

    >>> until("，", "水利局，财政局", 0, 7), until("，", "水利局，财政局", 0, 3)
    (3, 3)
    """
    at = text.find(sign, start, end)
    return at if at != -1 else end
