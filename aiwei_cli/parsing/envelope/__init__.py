"""The envelope: what surrounds the numbered nodes, and where each text in a notice begins and ends.

:func:`find` cuts a view into its segments once: the head before the first number, the words of each number, between
two of them the tail of a covering notice and the title of a further plan, and the tail after the last. Each kind of
segment has its module: :mod:`head` with :mod:`title` and :mod:`web`, :mod:`tail`, and :mod:`flat` for texts that have
lost their line breaks. All of them make claims, and :func:`claims.apart` says which claim keeps its characters.
Nothing is changed once it is found. Offsets are of the view.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any

from aiwei_cli.language.year import year_of
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.envelope import flat, head, tail, title
from aiwei_cli.parsing.envelope.claims import Claim, all_values, apart, first, gaps, meeting
from aiwei_cli.parsing.envelope.looks import word_lines
from aiwei_cli.parsing.envelope.words import HeaderWords
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.view import View
from aiwei_cli.records import NamedTuple

__all__ = ["Envelope", "find"]


class Envelope(NamedTuple):
    """The fields of a notice and the places between them."""

    title: str | None
    issuer: str | None
    """As written; several may be run together."""
    document_number: str | None
    date: str | None
    year: int | None
    addressees: tuple[str, ...]
    signature: tuple[str, ...]
    annexes: tuple[str, ...]
    copies: tuple[str, ...]
    plans: tuple[tuple[str, Span], ...]
    claims: tuple[Claim, ...]
    """The fields with their places, in order and apart."""
    spans: tuple[Span, ...]
    """The characters of the fields, in order and apart."""
    before: tuple[Span, ...]
    """What comes before the first number and is not a field of the head; without numbers, of the whole text."""
    own: tuple[Span, ...]
    """The words under no number, in order: before the first, and around the title of a further plan."""
    bodies: tuple[Span, ...]
    """The words of each number up to the next one, or to the segment between them."""
    start: int
    """The first number's offset; the end of the text if there is none."""
    tail: int
    """Where the tail begins; the end of the text if there is none."""
    behind: tuple[Span, ...]
    """Remarks below tables and what comes after them: no words of a number."""
    closing: tuple[Span, ...]
    """What in the tail is not a field, and those remarks that are not among the numbers below another."""
    quiet: int
    """From here on to the tail there is no field: most of a notice."""

    def claimed(self, start: int, end: int) -> Span | None:
        """The last field that has one of the characters of a span; None where none has."""
        if self.quiet <= start and end <= self.tail:
            return None
        return meeting(self.spans, (start, end))

    def in_head(self, offset: int) -> bool:
        """Whether an offset lies in a field before the first number."""
        return offset < self.start and meeting(self.before, (offset, offset + 1)) is None


def read_envelope(
    view: View, marks: Sequence[Mark], words: HeaderWords, heads: Sequence[Span] = (), notes: Sequence[Span] = ()
) -> Envelope:
    """The envelope of the numbered nodes ``marks``; ``heads`` are known to be the titles of plans, each a line, and
    ``notes`` remarks below a table, with which the words of a node end. Linear in the length of the text."""
    end = len(view.text)
    start = marks[0].start if marks else end
    top = _head(view, marks, start, words)
    for span in heads[: bisect_left(heads, (start, 0))]:
        if meeting(sorted(claim.span for claim in top), span) is None:
            top.append(Claim(span, "plan", view.text[slice(*span)].strip()))
    foot = tail.read_tail(view, words, marks[-1].end if marks else 0)
    bodies: list[Span] = []
    covers: list[list[Claim]] = []
    plans: list[Claim] = []
    inner: list[Span] = []
    behind: list[Span] = []
    within: list[Claim] = []
    for mark, following in pairwise(marks):
        stop = following.start
        known = heads[bisect_left(heads, (mark.end, 0)) : bisect_left(heads, (stop, 0))] if heads else ()
        if known:
            plans += [Claim(head, "plan", view.text[slice(*head)].strip()) for head in known]
            after = [start for start, _ in known[1:]] + [stop]
            inner += [(head[1], following) for head, following in zip(known, after, strict=True)]
            stop = known[0][0]
        elif following.parent is None and not view.flat:
            stop = _between(view, mark, following, words, covers, plans, inner)
        body = mark.end, stop
        if notes:
            body = _without_note(body, notes, behind)
            if following.parent is not None and body[1] < stop:
                within.append(Claim(behind[-1], "note"))  # among the words of the parent
        bodies.append(body)
    if marks:
        bodies.append(_without_note((marks[-1].end, max(foot.start, marks[-1].start)), notes, behind))
    # The number of a notice in a table of metadata is the notice's, and the rest of the table goes on around it.
    named = [claim for claim in top if claim.value is not None]
    head_named, head_rest, last_claims = apart(named, [claim for claim in top if claim.value is None], foot.claims)
    head_claims = sorted([*head_named, *head_rest], key=_place)
    claims = tuple(sorted(chain(head_claims, plans, *covers, within, last_claims), key=_place))
    before = gaps(head_claims, 0, start)
    inside = {claim.span for claim in within}
    own = sorted([*before, *inner]) if marks else gaps(claims, 0, end)
    return Envelope(
        **_values(head_claims, plans, [last_claims, *covers], words),
        claims=claims,
        spans=tuple([claim.span for claim in claims]),
        before=tuple(before),
        own=tuple(own),
        bodies=tuple(bodies),
        start=start,
        tail=foot.start,
        behind=tuple(behind),
        closing=(*(span for span in behind if span not in inside), *gaps(last_claims, foot.start, end))
        if marks
        else (),
        quiet=max([claim.span[1] for claim in claims if claim.span[0] < foot.start], default=0),
    )


def _place(claim: Claim) -> Span:
    return claim.span


def _without_note(body: Span, notes: Sequence[Span], behind: list[Span]) -> Span:
    """The words of a node without a remark and what comes after it, which is ``behind`` the text."""
    at = bisect_left(notes, body)
    if at == len(notes) or notes[at][0] >= body[1]:
        return body
    behind.append((notes[at][0], body[1]))
    return body[0], notes[at][0]


def _head(view: View, marks: Sequence[Mark], stop: int, words: HeaderWords) -> list[Claim]:
    """The claims of the head, a collection's number before it among them."""
    if view.flat:
        return flat.flat_head(view.text, stop, words)
    span = words.numbering.collection(view, marks)
    found = head.read_head(word_lines(view.text, span[1], stop), words)
    return [Claim(span, "collection"), *found] if span[1] else found


def _between(
    view: View,
    mark: Mark,
    following: Mark,
    words: HeaderWords,
    covers: list[list[Claim]],
    plans: list[Claim],
    inner: list[Span],
) -> int:
    """Where the words of ``mark`` end before an outermost number: at the tail of the covering notice, which has one
    only where another text follows, or at the title of a plan. Adds what is there to the three lists."""
    start, stop = mark.end, following.start
    plan = title.before(view.text, start, stop, words) if following.value == 1 else None
    if plan:
        plans.append(Claim(plan[0], "plan", plan[1]))
        inner.append((plan[0][1], stop))
        stop = plan[0][0]
    if plan or following.anew:
        cover = tail.read_tail(view, words, start, stop)
        if first(cover.claims, "date"):
            (kept,) = apart(cover.claims)
            covers.append(kept)
            inner.extend(gaps(kept, cover.start, stop))
            stop = cover.start
    return stop


def _values(top: list[Claim], plans: list[Claim], tails: list[list[Claim]], words: HeaderWords) -> dict[str, Any]:
    """The values of the fields. In a head the last one counts: what a web page says comes before what the notice says.
    What the head lacks is taken from the tail, else from the first covering notice that has it."""
    said = {claim.name: claim.value for claim in top if claim.value}
    behind = {claim.name: claim.value for claim in reversed([*chain(*tails)]) if claim.value}
    heading, number, date = (said.get(name) for name in ("title", "document_number", "date"))
    signature = said.get("signature") or ()
    dated = behind.get("date")
    enclosed = [claim for claim in top if claim.name == "plan"]
    year = year_of([heading, *(claim.value for claim in enclosed)], [number, date])
    annexes, copies = (
        next(filter(None, (all_values(claims, name) for claims in tails)), ()) for name in ("annexes", "copies")
    )
    signed = behind.get("signature") or ()
    return {
        "title": heading,
        "issuer": head.issuer(heading, said.get("issuer"), signature or signed, words) or said.get("publisher"),
        "document_number": number,
        "date": date or dated,
        "year": int(dated[:4]) if year is None and dated else year,
        "addressees": said.get("addressees") or (),
        "signature": signature or signed,
        "annexes": said.get("annexes") or annexes,
        "copies": copies,
        "plans": tuple([(claim.value, claim.span) for claim in [*enclosed, *plans]]),
    }
