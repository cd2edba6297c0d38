"""The folders that come with the package.

``rules/`` and ``data/`` are at the top of the repository and are installed inside the package: one function finds them,
in a wheel and in an editable install alike. ``importlib.resources`` would cost more than reading the files.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``name`` beside this file, or else at the top of the repository."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


def cache_folder() -> Path | None:
    """A folder for what can be made again, made where missing; None where it cannot be, or is not the user's alone:
    what is in it is trusted."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
    try:
        path = (Path(base) if base else Path("~/.cache").expanduser()) / "aiwei"
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":  # there LOCALAPPDATA is closed to others
            status = path.stat()
            if status.st_uid != os.geteuid() or status.st_mode & 0o022:
                return None
    except (OSError, RuntimeError):
        return None
    return path


def bundled_notice() -> Path:
    """The notice that comes with the package."""
    return folder("data") / "notice_2023.txt"
