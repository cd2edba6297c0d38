"""What ``import aiwei_cli`` offers to Python: the front of the rooms for people who write programs.

``reading`` gives notices, ``asking`` answers questions to one, ``ledger`` to many, ``shown`` is how a notebook shows
them. The command line uses the same functions.
"""
