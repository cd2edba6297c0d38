"""The work that follows a notice: tasks with lasting numbers, what was reported of them, what is late.

Events are only ever added, and the status follows from them; nobody's silence is taken for progress.

- ``numbers``: which task an item of a new version is
- ``events``: what was said and done, in and out of a ledger
- ``clock``: the day and the moment
- ``standing``: what follows from events, a pure function
- ``states``: the same kept in the ledger for questions
- ``holding``: a ledger shows what holds instead of what the notice says
- ``find``: a task by its number, a notice by its words
"""

from __future__ import annotations

UNREPORTED = "未反馈"
"""The status of a task that nobody reported on."""
DONE, CANCELLED = "已办结", "取消"
STATUSES = ("未启动", "暂缓", "推进中", DONE, CANCELLED)
"""What can be reported, the least advanced first."""
