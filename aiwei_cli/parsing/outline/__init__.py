"""The outline: which numbers open a place in the text, and which place lies in which."""
