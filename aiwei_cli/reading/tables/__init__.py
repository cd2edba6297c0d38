"""Tables in files: a 任务分解表 as numbered items with their duties."""
