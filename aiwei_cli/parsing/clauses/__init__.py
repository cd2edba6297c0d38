"""Responsibility clauses (责任分工): the words that say who leads, who is responsible and who supports.

:mod:`find` says where clauses are. Their words are cut into tokens once (:mod:`lexer`, by the words of
``rules/roles.yaml`` in :mod:`words` and :mod:`labels`), and a small table of states (:mod:`table`) turns the tokens
into a :class:`~aiwei_cli.parsing.clauses.reading.Reading`.
"""
