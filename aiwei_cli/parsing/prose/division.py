"""Lists of a division of labour: under 职责分工 each entry opens with the office that owes it.

    三、职责分工
    （一）市水利局：负责清淤。
    （二）市住建局配合做好管网。

What the entry says after the name may be anything: the heading says what it is for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from aiwei_cli.language.chars import COLONS, SEMICOLONS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.prose import ACCORDING, BEFORE_VERB, IN_CLAUSES, LEADS, NAME_GOES_ON, SUPPORTS, URGES
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.parsing.lists import Name, end_of
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.prose.names import Listed, Lists
from aiwei_cli.parsing.prose.read import ProseDuty
from aiwei_cli.parsing.prose.sentences import Sentence, in_article, sentence_at
from aiwei_cli.parsing.prose.words import ProseWords

_HEADING = 16
"""The longest heading of a division."""
_WITH_BLANKS = 2 * _HEADING
"""The same with the blanks around it."""
_OPENING = 40
"""The longest run of names before the colon of an entry."""
_TASK = 4
"""What has fewer letters is no task: a person's name, a telephone number."""
_STOP = pattern(f"[。{COLONS}{SEMICOLONS}\n]")
_PARAGRAPH = pattern(r"\S(?:[^\n]*\S)?")
_MARK = pattern("[（(](?P<word>[^（()）]+)[）)]$")
_BEFORE_VERB, _URGES = pattern(BEFORE_VERB), pattern(URGES)
_NAME_GOES_ON = NAME_GOES_ON + "）)"

Heads = dict[int, tuple[int, str]]
"""The numbers that head a division, by their place: where the heading ends, and its word."""


class Divisions:
    """Reads such lists, by ``rules/prose.yaml``."""

    def __init__(self, words: ProseWords, lists: Lists, role_of_mark: Callable[[str], Role | None]) -> None:
        self.words, self.lists, self._role_of_mark = words, lists, role_of_mark

    def find(
        self, text: str, marks: Sequence[Mark], taken: Sequence[Span], tail: int
    ) -> list[tuple[Span, list[ProseDuty]]]:
        """The entries of all lists and who owes them, in order; ``taken`` are the clauses."""
        heads = self._headings(text, marks)
        if not heads:
            return []
        found = []
        begins = [start for start, _ in taken]
        ends = [*(mark.start for mark in marks[1:]), tail]
        for mark, high in zip(marks, ends, strict=True):
            word = _word_above(mark, heads)
            if not word or bisect_right(begins, mark.start) < bisect_left(begins, high):
                continue  # where there is a clause, it says who does it
            begin = heads[mark.place][0] if mark.place in heads else mark.end
            for start, end in _paragraphs(text, begin, high):
                said = self._entry(sentence_at(text, start, end, ()), word)
                if said:
                    found.append(((start, end), [each.moved(start) for each in said]))
        return found

    def _headings(self, text: str, marks: Sequence[Mark]) -> Heads:
        found: Heads = {}
        for mark in marks:
            stop = _STOP.search(text, mark.end, mark.end + _WITH_BLANKS)
            word = self._heading(text[mark.end : stop.start()].strip()) if stop is not None else ""
            if stop is not None and word:
                found[mark.place] = (stop.end(), word)
        return found

    def _heading(self, words: str) -> str:
        """The word that the heading of a division ends in; empty where the words are none: 按职责分工."""
        if len(words) > _HEADING or ACCORDING in words or "，" in words:
            return ""
        word = next((word for word in self.words.headings if words.endswith(word)), "")
        return "" if words.removesuffix(word).endswith(IN_CLAUSES) else word

    def _entry(self, sentence: Sentence, word: str) -> list[ProseDuty]:
        """Who opens an entry, and in which role. Offsets are of its words."""
        opening = self._opens(sentence)
        if not opening:
            return []
        names, after = opening
        before_verb = next(_BEFORE_VERB.finditer(sentence.masked, after))  # of nothing where nothing is
        task = sentence.masked[before_verb.end() :]
        if sum(map(str.isalpha, task)) < _TASK or _URGES.match(sentence.masked, after):
            return []
        role: Role = "responsible"
        if task.startswith(LEADS):
            role = "lead"
        elif task.startswith(SUPPORTS):
            role = "support"
        entry = f"headings {word}"
        said = []
        for name in names:
            marked, text, end = self._marked(sentence.text, name)
            span = name.start, end
            said.append(ProseDuty(marked or role, text, *span, name.group, 2, entry, span))
        return said

    def _marked(self, words: str, name: Name) -> tuple[Role | None, str, int]:
        """The role that a mark after a name gives, 水利局（牵头）, and the name without it."""
        mark = _MARK.search(name.text)
        role = self._role_of_mark(mark["word"]) if mark is not None else None
        if mark is None or role is None:
            return None, name.text, name.end
        text = name.text[: mark.start()]
        return role, text, name.start + end_of(words[name.start : name.end], len(text))

    def _opens(self, sentence: Sentence) -> Listed | None:
        """The offices that open an entry, and where what they do begins."""
        words, masked = sentence.text, sentence.masked
        stop = _STOP.search(masked[:_OPENING])
        if stop:
            names = self.lists.before(words, 0, stop.start(), "leads" if stop[0] in COLONS else "gated")
            if names:
                return Listed(names, stop.end())
        found = self.lists.behind(sentence, 0)
        return found if found and masked[found.end : found.end + 1] not in _NAME_GOES_ON else None


def _word_above(mark: Mark, heads: Heads) -> str:
    """The word of the nearest number above, or of this one, that heads a division; none in articles."""
    each: Mark | None = mark
    while each is not None:
        if each.place in heads:
            return "" if in_article(mark) else heads[each.place][1]
        each = each.parent
    return ""


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs between two offsets, without blanks around them."""
    for match in _PARAGRAPH.finditer(text, start, end):
        yield match.span()
