"""A list in a file: for rows that have to be walked twice and are too many for memory."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

T = TypeVar("T")
_TOGETHER = 200
"""How many are written at a time: what they have in common is written once."""
_IN_MEMORY = 1 << 20
"""Up to so many bytes no file is needed."""


class Spool(Collection[T], Generic[T]):
    """A list in a file without a name, which the system takes away with the process however that ends.

    >>> kept = Spool([{"id": "一"}, {"id": "二"}])
    >>> [row["id"] for row in kept], [row["id"] for row in kept], len(kept)
    (['一', '二'], ['一', '二'], 2)
    """

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it lasts as long as the list
        self._last: list[T] = []
        self._count = 0
        for thing in things:
            self.append(thing)

    def append(self, thing: T) -> None:
        """Put it at the end. Nothing is appended while somebody walks."""
        self._last.append(thing)
        self._count += 1
        if len(self._last) == _TOGETHER:
            self._file.seek(0, SEEK_END)  # somebody may have walked a part
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._last = []

    def __len__(self) -> int:
        return self._count

    def __contains__(self, thing: object) -> bool:
        return any(thing == each for each in self)

    def __iter__(self) -> Iterator[T]:
        place = 0
        for _ in range(self._count // _TOGETHER):
            self._file.seek(place)
            some: list[T] = pickle.load(self._file)
            place = self._file.tell()
            yield from some
        yield from self._last
