"""Findings in a Word file itself: as comments, and mended, with every run and format kept.

- ``parts``: the file as named parts, and back
- ``runs``: which bytes of the document's XML hold which character of its text
- ``comments``: findings as comments
- ``mend``: fixes put in, plainly or as tracked changes
"""
