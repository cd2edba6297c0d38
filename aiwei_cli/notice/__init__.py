"""The nouns of a notice, the tree they become, and what the codes of its diagnostics mean."""
