"""Work for several processes: ``pool`` hands it out and takes it back in order, ``work`` is what is done with a file,
``ahead`` has files read by others before they are asked for.

What comes out is the same as with one process, to the byte, whatever dies in between.
"""

from __future__ import annotations

import os

FEW = 300
"""With fewer files, starting other processes takes longer than it saves."""


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def jobs_for(files: int, asked: int | None) -> int:
    """How many processes read so many files; ``asked`` is what the user wants, or None.

    >>> jobs_for(10, None), jobs_for(10, 4), jobs_for(2, 4)
    (1, 4, 2)
    """
    if asked is None:
        return cores() if files >= FEW else 1
    return max(1, min(asked, files))
