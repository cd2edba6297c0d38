"""What an AI assistant may ask, by the Model Context Protocol: only reading, and only in the folders it was given.

- ``shelf``: the folders, their files, and the notices in these
- ``answers``: the questions as functions that give plain data, a page at a time
- ``server``: the same as tools of an MCP server (the extra ``aiwei[mcp]``)
"""
