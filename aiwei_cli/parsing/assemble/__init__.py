"""Findings put together: which words belong to which node, and what a node inherits."""
