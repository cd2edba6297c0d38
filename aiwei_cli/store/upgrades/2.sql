-- nodes_fts named nodes as its content, but holds words that jieba cut, so FTS5's own check of it failed. Now it keeps
-- only the index, as nodes_characters does. The words are those that were cut then: no dictionary is asked again.

CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, nodes_fts, instance)

CREATE TABLE temp.cut (
  node INTEGER, field TEXT, place INTEGER, word TEXT, PRIMARY KEY (node, field, place)
) WITHOUT ROWID

INSERT INTO temp.cut SELECT doc, col, "offset", term FROM temp.instances ORDER BY doc, col, "offset"

DROP TABLE temp.instances

DROP TABLE nodes_fts

-- Words by jieba, with the offices as words of their own: they rank, and MATCH '厕所' finds them anywhere.
CREATE VIRTUAL TABLE nodes_fts USING fts5 (title, text, section, lead, responsible, support, content="")

INSERT INTO nodes_fts (rowid, title, text, section, lead, responsible, support)
SELECT node,
  (SELECT group_concat(word, ' ') FROM (SELECT word FROM temp.cut WHERE node = nodes.node AND field = 'title' ORDER BY place)),
  (SELECT group_concat(word, ' ') FROM (SELECT word FROM temp.cut WHERE node = nodes.node AND field = 'text' ORDER BY place)),
  (SELECT group_concat(word, ' ') FROM (SELECT word FROM temp.cut WHERE node = nodes.node AND field = 'section' ORDER BY place)),
  (SELECT group_concat(word, ' ') FROM (SELECT word FROM temp.cut WHERE node = nodes.node AND field = 'lead' ORDER BY place)),
  (SELECT group_concat(word, ' ') FROM (SELECT word FROM temp.cut WHERE node = nodes.node AND field = 'responsible' ORDER BY place)),
  (SELECT group_concat(word, ' ') FROM (SELECT word FROM temp.cut WHERE node = nodes.node AND field = 'support' ORDER BY place))
FROM nodes WHERE item ORDER BY node

DROP TABLE temp.cut
