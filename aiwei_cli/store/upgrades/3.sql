-- duties.stated: clause, table or prose. What an earlier version read, it read from clauses. Of items nodes.stated is
-- what aiwei list shows.

ALTER TABLE duties ADD COLUMN stated TEXT NOT NULL DEFAULT 'clause'

ALTER TABLE nodes ADD COLUMN stated TEXT

UPDATE nodes SET stated = CASE WHEN lead || responsible || support = '' THEN '' ELSE 'clause' END WHERE item

DROP VIEW IF EXISTS tasks

CREATE VIEW tasks AS -- a row an item, as aiwei list shows it
SELECT
  nodes.node, notices.title AS notice, nodes.id, nodes.number, nodes.level, nodes.section, nodes.title, nodes.text,
  nodes.lead, nodes.responsible, nodes.support, nodes.deadline, nodes.due, nodes.citations,
  notices.path, nodes.line, notices.issuer, notices.document_number, notices.year, nodes.stated
FROM nodes JOIN notices USING (notice)
WHERE nodes.item AND notices.latest

DROP VIEW IF EXISTS assignments

CREATE VIEW assignments AS -- a row a duty
SELECT
  duties.duty, notices.title AS notice, nodes.id, nodes.section,
  CASE nodes.title WHEN '' THEN nodes.text ELSE nodes.title END AS item,
  duties.role, duties.office, duties.written, duties.inherited, nodes.deadline, nodes.due,
  notices.path, nodes.line, notices.year, duties.stated
FROM duties JOIN nodes USING (node) JOIN notices USING (notice)
WHERE nodes.item AND notices.latest
