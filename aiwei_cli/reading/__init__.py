"""The read room: bytes in, text out.

``sources`` turns what a user names (files, folders, ``-``) into documents; a file that cannot be read becomes a
:class:`~aiwei_cli.errors.ReadError` in its place, and the others go on. Plain text needs no more than this file and
three small ones; each container's module is imported when a file of its kind turns up.
"""

from aiwei_cli.reading.decode import decode
from aiwei_cli.reading.document import Document, FilePlace
from aiwei_cli.reading.files import read, sources

__all__ = ["Document", "FilePlace", "decode", "read", "sources"]
