"""What an expert finds in a notice before it goes out: form, structure, marks and numbers, and who does what by when.

- ``rule``: what a rule is; each rule is a function with what it says, why, and a bad and a good example beside it
- ``case``: the notice as the rules look at it
- ``example``: the notice around the examples of the rules
- ``structure``, ``form``, ``annexes``, ``citations``, ``marks``, ``duties``, ``names``, ``times``: the rules
- ``own``: an office's own rules, of checks.yaml
- ``run``: all rules over one notice
- ``fix``: what is certain is mended
- ``report``: findings as text, JSON, GitHub annotations, SARIF, rdjson and tables
"""
