"""The checksum is that of ``hashlib``, with Python's private module and without it."""

import hashlib

import pytest

from aiwei_cli.notice import checksum


@pytest.mark.parametrize("modules", [("_sha2",), ("_sha256",), checksum._PRIVATE, ("aiwei_nothing", "json"), ()])
@pytest.mark.parametrize("data", [b"", "通知".encode(), b"a" * 1_000_003])
def test_every_way_gives_the_same(modules: tuple[str, ...], data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checksum.sha256(data) == hashlib.sha256(data).hexdigest()
    monkeypatch.setattr(checksum, "_sha256", checksum._find(modules))
    monkeypatch.setattr(checksum, "modules", {})  # as where nothing has loaded hashlib
    assert checksum.sha256(data) == hashlib.sha256(data).hexdigest()
