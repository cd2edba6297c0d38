"""What changed between two plans: which item of the one is which of the other, and what became of it.

- ``units``: the items of a notice, as text that can be compared
- ``likeness``: how alike two texts are
- ``alignment``: which units belong together; links are n:1 and 1:n, not only pairs
- ``owners``, ``force``: who has to do it, and how strictly it is said
- ``changes``: the links as changes: reworded, merged, split, dropped, new
- ``marked``: which words went and which came
- ``reuse``: what was taken over word for word
"""
