"""Lists of a division of labour: under 职责分工 each entry opens with the office that owes it.

    三、职责分工
    （一）市水利局：负责清淤。
    （二）市住建局配合做好管网。
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.parsing.clauses.reading import Clause
from aiwei_cli.parsing.lists import Name
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.prose.names import Gate
from aiwei_cli.parsing.prose.read import Said
from aiwei_cli.parsing.prose.sentences import cut
from aiwei_cli.parsing.prose.words import ProseWords

_HEADING = 24
"""No heading of a division is longer."""
_STOP = pattern("[。：:；;\n]")
_BEFORE_VERB = pattern(r"(?:要|应当|应|须|具体|主要|会|则|按照?[^，,。；;]{0,12}(?:职责|分工)|根据[^，,。；;]{0,12}职责|依据[^，,。；;]{0,8}职责|[，,：:。\s])*+")
_LEADS, _SUPPORTS = ("牵头", "负责牵头", "总牵头"), ("配合", "参与", "协助", "协同", "组织人员参加", "负责配合", "负责协助", "积极配合", "密切配合")
_URGES = pattern("(?:要|应)?(?:进一步|充分|高度|切实|认真|提高|统一|加强组织|加强领导|站在|把)")
_IN_CLAUSES = ("按", "照", "据", "自")
"""Before 职责分工 in a clause: 按职责分工负责."""
_NO_VERB = "的、和及与等，,（(）)"


class Divisions:
    """Reads such lists, by ``rules/prose.yaml``."""

    def __init__(self, words: ProseWords, gate: Gate) -> None:
        self.words, self.gate = words, gate

    def find(self, text: str, marks: Sequence[Mark], clauses: Sequence[Clause], tail: int) -> list[tuple[Span, list[Said]]]:
        """The entries of all lists and who owes them, in order."""
        heads = self._headings(text, marks)
        if not heads:
            return []
        found = []
        begins = [each.start for each in clauses]
        for i, mark in enumerate(marks):
            head = self._head(mark, heads)
            if head is None:
                continue
            high = marks[i + 1].start if i + 1 < len(marks) else tail
            at = bisect_right(begins, mark.start)
            if at < len(begins) and begins[at] < high:
                continue  # the clause says who does it
            begin = heads[mark.place][1] if mark.place in heads else mark.end
            for start, end in _paragraphs(text, begin, high):
                said = self._entry(text, start, end, clauses, heads[head][2])
                if said:
                    found.append(((start, end), said))
        return found

    def _headings(self, text: str, marks: Sequence[Mark]) -> dict[int, tuple[int, int, str]]:
        """The numbers that head a division, by their place: where the heading is, and its words."""
        starts = [mark.start for mark in marks]
        found = {}
        for word in self.words.divisions:
            at = text.find(word)
            while at >= 0:
                i = bisect_right(starts, at) - 1 if text[at - 1 : at] not in _IN_CLAUSES else -1
                if i >= 0 and at - marks[i].end < _HEADING:
                    begin = marks[i].end
                    stop = _STOP.search(text, begin, begin + _HEADING + 12)
                    end = stop.start() if stop is not None else begin
                    heading = text[begin:end].strip()
                    if self.words.heading.search(heading) is not None and _is_heading(heading):
                        found[marks[i].place] = (begin, end + 1, word)
                at = text.find(word, at + 1)
        return found

    @staticmethod
    def _head(mark: Mark, heads: dict[int, tuple[int, int, str]]) -> int | None:
        """The place of the nearest number above, or of this one, that heads a division; none in articles."""
        each: Mark | None = mark
        found = None
        while each is not None:
            if each.kind.name == "article":
                return None
            if found is None and each.place in heads:
                found = each.place
            each = each.parent
        return found

    def _entry(self, text: str, start: int, end: int, clauses: Sequence[Clause], word: str) -> list[Said]:
        """Who opens an entry, and in which role."""
        sentence = cut(text, start, end, [(c.start, c.end) for c in clauses if c.start < end and c.end > start])
        names, after = self._opens(sentence.text, sentence.masked)
        if not names:
            return []
        rest = _BEFORE_VERB.match(sentence.masked, after)
        verb = rest.end() if rest is not None else after
        words = sentence.masked[verb:]
        if len(words.strip("\0 \n。")) < 4 or _URGES.match(sentence.masked[after:].lstrip("：:，, ")) is not None:
            return []
        role: Role = "responsible"
        if words.startswith(_LEADS):
            role = "lead"
        elif words.startswith(_SUPPORTS):
            role = "support"
        entry = f"分工表 {word}"
        base = sentence.base
        return [
            Said(role, n.text, base + n.start, base + n.end, n.group, entry, (base + n.start, base + n.end)) for n in names
        ]

    def _opens(self, words: str, masked: str) -> tuple[tuple[Name, ...], int]:
        """The offices that open an entry, and where what they do begins."""
        stop = _STOP.search(masked)
        end = stop.start() if stop is not None else len(masked)
        if end <= 40:
            names = self.gate.all(words, 0, end, mode="leads" if masked[end : end + 1] in "：:" else "gated")
            if names and end < len(masked):
                return names, end + 1
        found = self.gate.behind_start(words, masked)
        if found is None or masked[found.end : found.end + 1] in _NO_VERB:
            return (), 0
        return found.names, found.end


def _is_heading(heading: str) -> bool:
    return len(heading) <= 16 and "按" not in heading and "，" not in heading


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs between two offsets, without blanks around them."""
    here = start
    while here < end:
        stop = text.find("\n", here, end)
        stop = end if stop < 0 else stop
        a, b = here, stop
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            yield a, b
        here = stop + 1
