"""Duties said in plain sentences: 由水利局牵头，住建局配合. None is better than a wrong one.

``find`` looks for the few words that assign and has the sentences around them read, one by one. ``sentences`` cuts them
and blanks what is quoted or in brackets, ``read`` reads one by its verbs, ``phrases`` and ``names`` what is before and
after a verb, and every name must pass the ``gate``. ``division`` reads the lists under headings such as 职责分工. The
words are in ``rules/prose.yaml``.
"""
