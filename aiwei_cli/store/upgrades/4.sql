-- Tasks: every item has a number that lasts through all versions of its notice. nodes.task is given when a node is
-- written; items of notices that have further versions get theirs from the program, which aligns the versions.

CREATE TABLE kin ( -- an older task that lives on in an item under another number
  task INTEGER NOT NULL,
  node INTEGER NOT NULL REFERENCES nodes (node),
  kind TEXT NOT NULL, -- merged: the task ends in this item; split: this item was part of the task
  PRIMARY KEY (task, node)
)

CREATE TABLE events ( -- what was said and done; rows are only ever added
  event INTEGER PRIMARY KEY,
  task INTEGER, -- NULL where it is about a whole notice
  document INTEGER NOT NULL, -- the first version of the notice
  kind TEXT NOT NULL, -- report, move, correct, undo, hide, show, purge
  office TEXT NOT NULL, -- who reported; empty for who keeps the ledger
  status TEXT NOT NULL, -- of a report; empty for a mere note
  date TEXT NOT NULL, -- the day it speaks of
  field TEXT NOT NULL, -- of a correction or a move: the column
  was TEXT NOT NULL, -- what the notice said then
  value TEXT NOT NULL, -- what holds instead
  note TEXT NOT NULL,
  evidence TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  origin TEXT NOT NULL, -- the file and the cell it was read from
  who TEXT NOT NULL,
  at TEXT NOT NULL, -- when it was written down, in UTC
  reverses INTEGER REFERENCES events (event)
)

CREATE TABLE states ( -- what follows from the events of a task; made anew with every event
  task INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  done TEXT, -- the day it was done
  due TEXT, -- from here on: NULL where what the notice says holds
  lead TEXT,
  responsible TEXT,
  support TEXT
)

CREATE TABLE hidden ( -- notices that were removed; follows from the events as well
  document INTEGER PRIMARY KEY
)

CREATE INDEX events_by_task ON events (task)

CREATE UNIQUE INDEX events_reversed ON events (reverses) WHERE reverses IS NOT NULL

CREATE INDEX kin_by_node ON kin (node)

ALTER TABLE nodes ADD COLUMN task INTEGER

CREATE TABLE temp.numbered (task INTEGER PRIMARY KEY, node INTEGER NOT NULL UNIQUE)

INSERT INTO temp.numbered (node)
SELECT node FROM nodes JOIN notices USING (notice) WHERE item AND version = 1 ORDER BY document, node

UPDATE nodes SET task = (SELECT task FROM temp.numbered WHERE numbered.node = nodes.node) WHERE item

DROP TABLE temp.numbered

CREATE INDEX nodes_by_task ON nodes (task)

DROP VIEW IF EXISTS tasks

CREATE VIEW tasks AS -- a row an item, as aiwei list shows it
SELECT
  nodes.node, notices.title AS notice, nodes.id, nodes.number, nodes.level, nodes.section, nodes.title, nodes.text,
  coalesce(states.lead, nodes.lead) AS lead, coalesce(states.responsible, nodes.responsible) AS responsible,
  coalesce(states.support, nodes.support) AS support, nodes.deadline, coalesce(states.due, nodes.due) AS due,
  nodes.citations, notices.path, nodes.line, notices.issuer, notices.document_number, notices.year, nodes.persons,
  nodes.stated, nodes.doubts, ifnull(nodes.place, '') AS place, notices.date, notices.version, nodes.task,
  ifnull(states.status, '未反馈') AS status
FROM nodes JOIN notices USING (notice) LEFT JOIN states ON states.task = nodes.task
WHERE nodes.item AND notices.latest AND notices.document NOT IN (SELECT document FROM hidden)

DROP VIEW IF EXISTS assignments

CREATE VIEW assignments AS -- a row a duty, in the words of the notice
SELECT
  duties.duty, notices.title AS notice, nodes.id, nodes.section,
  CASE nodes.title WHEN '' THEN nodes.text ELSE nodes.title END AS item,
  duties.role, duties.office, duties.written, duties.inherited, nodes.deadline, coalesce(states.due, nodes.due) AS due,
  notices.path, nodes.line, notices.year, duties.stated, nodes.doubts, ifnull(nodes.place, '') AS place,
  notices.issuer, notices.document_number, notices.date, notices.version, nodes.task,
  ifnull(states.status, '未反馈') AS status
FROM duties JOIN nodes USING (node) JOIN notices USING (notice) LEFT JOIN states ON states.task = nodes.task
WHERE nodes.item AND notices.latest AND notices.document NOT IN (SELECT document FROM hidden)

DROP VIEW IF EXISTS workloads

CREATE VIEW workloads AS -- how much each office has to do
SELECT
  office, sum(role = 'lead') AS lead, sum(role = 'responsible') AS responsible, sum(role = 'support') AS support,
  count(*) AS total, count(DISTINCT nodes.notice) AS notices
FROM duties JOIN nodes USING (node) JOIN notices USING (notice)
WHERE nodes.item AND notices.latest AND notices.document NOT IN (SELECT document FROM hidden)
GROUP BY office
