"""Names of persons: 张三, 副县长李四, 王五同志, 张　三; by ``persons`` of ``rules/roles.yaml``.

Two or three letters make a name only where something says so: a label or a column of persons (any letters that are no
office), or a place after an office, where the first letter has to be a surname of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from aiwei_cli.language.chars import COMMAS, SEMICOLONS
from aiwei_cli.language.names import VICE
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.records import NamedTuple

_TOKEN = pattern(r"(?:[^、，,；;/／\s（()）]|[（(][^（()）\n]*[）)])+")
"""What is between separators and blanks, with the brackets in it."""
_BLANK_PAIR = pattern(r"[\u3400-\u9fff][ \u3000]+[\u3400-\u9fff]{1,2}(?![^\s、，,；;/／（()）])")
"""张　三, 张 三丰: a name that is set as wide as the others."""
_GROUP_END = frozenset(COMMAS + SEMICOLONS + "/／")
_LONGEST = 8
"""乌云毕力格, 其其格玛: names of more than four letters are written so too."""


class FoundPerson(NamedTuple):
    """A person in a text: the role as written, empty after an office; the name; where it is."""

    role: str
    name: str
    start: int
    end: int


class PersonName(NamedTuple):
    """A person's name and where it is; ``post`` where it is only what he is: 分管副县长."""

    text: str
    start: int
    end: int
    post: bool = False


class People:
    """Tells the names of persons."""

    def __init__(self, persons: Mapping[str, Any], looks_like_office: Callable[[str], bool]) -> None:
        self.titles = tuple(sorted(persons["titles"], key=len, reverse=True))
        self._surnames, self._compound = frozenset(persons["surnames"]), tuple(persons["compound"])
        self._never_last = frozenset(persons["never_last"])
        self.verb_last = tuple(persons["verb_last"])
        self._nobody, self._not_in = frozenset(persons["nobody"]), tuple(persons["not_in"])
        self._contact = pattern("[0-9０-９+]|" + either(persons["contact"]))
        self._looks = looks_like_office

    def is_full_name(self, words: str) -> bool:
        """Whether words are a surname of the rules and one or two letters."""
        long = words.startswith(self._compound)
        return (
            2 + long <= len(words) <= 3 + long
            and (long or words[0] in self._surnames)
            and words.isalpha()
            and words[-1] not in self._never_last
        )

    def before_title(self, words: str, at: int) -> int:
        """Where the title before ``at`` begins, 副 before it included; ``at`` where there is none."""
        for title in self.titles:
            if words.endswith(title, 0, at):
                begin = at - len(title)
                return begin - 1 if begin and words[begin - 1] in VICE else begin
        return at

    def are_full_names(self, words: str) -> bool:
        """Whether words are nothing but full names, perhaps with titles and telephone numbers: 李四、局长王五 138…."""
        found = False
        for start, end in self._tokens(words, 0, len(words)):
            bare = "".join(self._contact.split(words[start:end])[0].rstrip("：:").split())
            if bare:
                if self._strict(bare) is None:
                    return False
                found = True
        return found

    def named(self, text: str, start: int, end: int, *, trusted: bool) -> Iterator[PersonName]:
        """The persons in ``text[start:end]``. ``trusted``: something says that they are persons, so a name may begin
        with any letter, and what is only a post is reported as such; other words end the names."""
        group: list[PersonName] = []
        last = start
        for a, b in self._tokens(text, start, end):
            if _GROUP_END.intersection(text[last:a]):
                yield from _names_before_posts(group)
                group = []
            last = b
            name = self._name(text[a:b], a, trusted)
            if name is not None:
                group.append(name)
            elif not trusted and self._contact.match(text, a, b) is None:
                break
        yield from _names_before_posts(group)

    def _tokens(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        here = start
        while (token := _TOKEN.search(text, here, end)) is not None:
            pair = _BLANK_PAIR.match(text, token.start(), end) if token.end() - token.start() == 1 else None
            here = (pair or token).end()
            yield token.start(), here

    def _name(self, words: str, at: int, trusted: bool) -> PersonName | None:
        bare = words.partition("（")[0].partition("(")[0]
        cut = self._contact.search(bare)
        bare = (bare[: cut.start()] if cut else bare).rstrip("：: ")
        squeezed = "".join(bare.split())
        if squeezed != bare:
            return PersonName(squeezed, at, at + len(bare)) if trusted or self.is_full_name(squeezed) else None
        found = self._strict(bare)
        if found is not None:
            return PersonName(bare[found[0] : found[1]], at + found[0], at + found[1])
        if not trusted or not bare.replace("·", "").isalpha() or bare in self._nobody:
            return None
        if self.before_title(bare, len(bare)) < len(bare):
            return PersonName(bare, at, at + len(bare), post=True)
        if any(word in bare for word in self._not_in) or self._looks(bare):
            return None
        if any(self._looks(bare[:end]) for end in range(3, len(bare) - 1)):  # 市住建局包干: an office and a verb
            return None
        return PersonName(bare, at, at + len(bare)) if 2 <= len(bare) <= _LONGEST else None

    def _strict(self, words: str) -> tuple[int, int] | None:
        """The span of the full name in words with only a title or an office before it or a title after it."""
        end = self.before_title(words, len(words))
        if self.is_full_name(words[:end]):
            return 0, end
        for length in (4, 3, 2):
            at = len(words) - length
            if at >= 0 and self.is_full_name(words[at:]):
                if at == 0:
                    return 0, len(words)
                title = self.before_title(words, at)
                if title < at and (self._looks(words[:title]) or not words[:title].strip("市县区镇乡副")):
                    return at, len(words)
                if title == at and self._looks(words[:at]) and not self._looks(words):
                    return at, len(words)
        return None


def _names_before_posts(group: list[PersonName]) -> Iterator[PersonName]:
    """副县长 张三 is one person."""
    named = [name for name in group if not name.post]
    yield from named or group
