"""Facts and tools of the written language that no single room owns: numerals, dates, deadlines, patterns."""
