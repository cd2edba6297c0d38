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


def since(sign: str, text: str, start: int, end: int) -> int:
    """Where what comes after the last sign in a span begins, or the beginning of the span.

    >>> since("，", "水利局，财政局", 0, 7), since("，", "水利局，财政局", 1, 3)
    (4, 1)
    """
    at = text.rfind(sign, start, end)
    return at + len(sign) if at != -1 else start


def line_start(text: str, at: int) -> int:
    """Where the line of an offset begins.

    >>> line_start("清淤\\n水利局", 5), line_start("清淤", 1), line_start("\\n水利局", 1)
    (3, 0, 1)
    """
    return since("\n", text, 0, at)
