-- duties.stated: clause, table or prose. What an earlier version read, it read from clauses, and it read no persons. Of
-- items nodes.persons, nodes.stated and nodes.doubts are what aiwei list shows.

CREATE TABLE persons ( -- who is named beside the offices
  person INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES nodes (node),
  role TEXT NOT NULL, -- as written; empty for a name behind an office
  name TEXT NOT NULL,
  inherited INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
)

CREATE INDEX persons_by_node ON persons (node)

CREATE INDEX persons_by_name ON persons (name)

ALTER TABLE duties ADD COLUMN stated TEXT NOT NULL DEFAULT 'clause'

ALTER TABLE nodes ADD COLUMN persons TEXT

ALTER TABLE nodes ADD COLUMN stated TEXT

ALTER TABLE nodes ADD COLUMN doubts TEXT

UPDATE nodes SET persons = '', stated = CASE WHEN lead || responsible || support = '' THEN '' ELSE 'clause' END,
  doubts = ifnull((
    SELECT group_concat(code, '、') FROM (
      SELECT DISTINCT code FROM diagnostics AS found WHERE found.notice = nodes.notice AND (
        (found.span_start < found.span_end AND nodes.node = (
          SELECT node FROM nodes AS deepest WHERE deepest.notice = found.notice AND deepest.item AND deepest.id <> '-'
            AND deepest.span_start <= found.span_start AND found.span_start < deepest.span_end
          ORDER BY deepest.span_start DESC LIMIT 1
        ))
        OR (found.code = 'O001' AND EXISTS (
          SELECT 1 FROM duties WHERE duties.node = nodes.node AND found.message LIKE '%：' || duties.written
        ))
      ) ORDER BY code
    )
  ), '')
WHERE item

DROP VIEW IF EXISTS tasks

CREATE VIEW tasks AS -- a row an item, as aiwei list shows it
SELECT
  nodes.node, notices.title AS notice, nodes.id, nodes.number, nodes.level, nodes.section, nodes.title, nodes.text,
  nodes.lead, nodes.responsible, nodes.support, nodes.deadline, nodes.due, nodes.citations,
  notices.path, nodes.line, notices.issuer, notices.document_number, notices.year, nodes.persons,
  nodes.stated, nodes.doubts, ifnull(nodes.place, '') AS place
FROM nodes JOIN notices USING (notice)
WHERE nodes.item AND notices.latest

DROP VIEW IF EXISTS assignments

CREATE VIEW assignments AS -- a row a duty
SELECT
  duties.duty, notices.title AS notice, nodes.id, nodes.section,
  CASE nodes.title WHEN '' THEN nodes.text ELSE nodes.title END AS item,
  duties.role, duties.office, duties.written, duties.inherited, nodes.deadline, nodes.due,
  notices.path, nodes.line, notices.year, duties.stated, nodes.doubts, ifnull(nodes.place, '') AS place
FROM duties JOIN nodes USING (node) JOIN notices USING (notice)
WHERE nodes.item AND notices.latest
