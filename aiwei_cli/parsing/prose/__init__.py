"""Duties said in plain sentences: 由水利局牵头，住建局配合. Rather none than a wrong one.

``find`` looks for the few words that assign and reads the sentences they are in, one by one. ``sentences`` cuts them and
blanks what is quoted or in brackets; ``names`` is the gate that every name must pass; ``read`` reads one sentence;
``division`` the lists under headings such as 职责分工. The words are in ``rules/prose.yaml``.
"""
