"""SHA-256 without OpenSSL, which ``hashlib`` loads: that takes longer than reading a notice. Where something else has
loaded it, it is used: it is six times as fast.

Python's own module for it is private and was renamed once; where it is missing, ``hashlib`` is used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from sys import modules
from typing import Any

_PRIVATE = ("_sha2", "_sha256")  # from Python 3.12 on, and before


def _find(modules: tuple[str, ...]) -> Callable[[bytes], Any]:
    """The function of the first of these modules that is there, else that of ``hashlib``."""
    for module in (*modules, "hashlib"):
        try:
            found: Callable[[bytes], Any] = import_module(module).sha256
        except (ImportError, AttributeError):
            continue
        return found
    raise ImportError("hashlib")


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    loaded = modules.get("hashlib")
    return str((loaded.sha256 if loaded else _sha256)(data).hexdigest())


_sha256 = _find(_PRIVATE)
