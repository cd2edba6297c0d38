-- Columns that people added to a table that aiwei wrote. The index tells at once whether there are any.

ALTER TABLE nodes ADD COLUMN extra TEXT NOT NULL DEFAULT '[]'

CREATE INDEX nodes_extra ON nodes (node) WHERE extra <> '[]'
