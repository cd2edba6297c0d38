-- The ledger of aiwei: notices, what they ask, and of whom. The columns have the names of aiwei.notice.v1.
-- Read it with sqlite3, Datasette or any other program; to change it, use aiwei add. Statements are separated by an
-- empty line. Nothing in this file may change, not even a comment: ledgers are known by the words of these statements.

CREATE TABLE notices (
  notice INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES notices (notice), -- the first version of the same notice
  version INTEGER NOT NULL,
  latest INTEGER NOT NULL, -- 1 for the version that counts, 0 for those before it
  title TEXT,
  issuer TEXT,
  document_number TEXT,
  date TEXT,
  year INTEGER,
  path TEXT,
  kind TEXT NOT NULL,
  encoding TEXT NOT NULL,
  characters INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  identity TEXT, -- what makes another text a version of this notice; NULL for one that can have no other
  digest TEXT NOT NULL, -- of the content, by which a notice is known to be here already
  added TEXT NOT NULL, -- when, in UTC
  addressees TEXT NOT NULL, -- this and what follows are JSON lists, as in aiwei.notice.v1
  signature TEXT NOT NULL,
  annexes TEXT NOT NULL,
  copies TEXT NOT NULL,
  preamble TEXT NOT NULL,
  closing TEXT NOT NULL,
  fields TEXT NOT NULL,
  clauses TEXT NOT NULL,
  layout TEXT NOT NULL,
  margins TEXT NOT NULL, -- page numbers and headers of a PDF
  UNIQUE (document, version)
)

CREATE TABLE texts ( -- the sources, which the spans count the characters of
  notice INTEGER PRIMARY KEY REFERENCES notices (notice),
  text TEXT NOT NULL
)

CREATE TABLE plans ( -- documents that a notice encloses
  plan INTEGER PRIMARY KEY,
  notice INTEGER NOT NULL REFERENCES notices (notice),
  title TEXT NOT NULL,
  line INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
)

CREATE TABLE nodes ( -- numbered places, in the order of the text; the id - stands for the notice itself
  node INTEGER PRIMARY KEY,
  notice INTEGER NOT NULL REFERENCES notices (notice),
  parent INTEGER REFERENCES nodes (node),
  plan INTEGER REFERENCES plans (plan), -- where the notice encloses several
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  level INTEGER NOT NULL,
  item INTEGER NOT NULL, -- 1 where the node carries a task
  section TEXT NOT NULL, -- the titles of the headings above
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  lead TEXT, -- from here to citations: of items, as aiwei list shows them, put together from the tables below
  responsible TEXT,
  support TEXT,
  deadline TEXT,
  due TEXT,
  citations TEXT,
  line INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  title_start INTEGER,
  title_end INTEGER,
  clauses TEXT NOT NULL, -- JSON
  place TEXT -- where a person finds it in a Word or PDF file
)

CREATE TABLE offices (
  office TEXT PRIMARY KEY, -- the canonical name
  aliases TEXT NOT NULL, -- its other names in the rules, joined with 、
  known INTEGER NOT NULL -- 1 where the rules know it
)

CREATE TABLE duties ( -- one office in one role for one node
  duty INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES nodes (node),
  role TEXT NOT NULL, -- lead, responsible, support
  office TEXT NOT NULL REFERENCES offices (office),
  written TEXT NOT NULL,
  inherited INTEGER NOT NULL,
  rule TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
)

CREATE TABLE deadlines (
  deadline INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES nodes (node),
  written TEXT NOT NULL,
  date TEXT,
  inherited INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
)

CREATE TABLE citations (
  citation INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES nodes (node),
  title TEXT NOT NULL,
  document_number TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
)

CREATE TABLE diagnostics ( -- what a person should look at
  diagnostic INTEGER PRIMARY KEY,
  notice INTEGER NOT NULL REFERENCES notices (notice),
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  line INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
)

CREATE INDEX notices_by_identity ON notices (identity)

CREATE INDEX notices_by_digest ON notices (digest)

CREATE UNIQUE INDEX notices_latest ON notices (document) WHERE latest

CREATE INDEX plans_by_notice ON plans (notice)

CREATE INDEX nodes_by_notice ON nodes (notice)

CREATE INDEX nodes_by_parent ON nodes (parent)

CREATE INDEX nodes_by_id ON nodes (id)

CREATE INDEX duties_by_node ON duties (node)

CREATE INDEX duties_by_office ON duties (office, node, role, inherited)

CREATE INDEX duties_by_written ON duties (written, node, role, inherited) WHERE written <> office

CREATE INDEX deadlines_by_node ON deadlines (node)

CREATE INDEX deadlines_by_date ON deadlines (date, node, inherited)

CREATE INDEX citations_by_node ON citations (node)

CREATE INDEX citations_by_document_number ON citations (document_number)

CREATE INDEX diagnostics_by_notice ON diagnostics (notice)

-- Words by jieba, with the offices as words of their own: they rank, and MATCH '厕所' finds them anywhere.
CREATE VIRTUAL TABLE nodes_fts USING fts5 (
  title, text, section, lead, responsible, support, content="nodes", content_rowid="node"
)

-- A token a character, with the headings before the text: a phrase of them, MATCH '"户 厕"', finds whatever is there.
CREATE VIRTUAL TABLE nodes_characters USING fts5 (
  item, offices, content="", tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
)

CREATE VIEW tasks AS -- a row an item, as aiwei list shows it
SELECT
  nodes.node, notices.title AS notice, nodes.id, nodes.number, nodes.level, nodes.section, nodes.title, nodes.text,
  nodes.lead, nodes.responsible, nodes.support, nodes.deadline, nodes.due, nodes.citations,
  notices.path, nodes.line, notices.issuer, notices.document_number, notices.year
FROM nodes JOIN notices USING (notice)
WHERE nodes.item AND notices.latest

CREATE VIEW assignments AS -- a row a duty
SELECT
  duties.duty, notices.title AS notice, nodes.id, nodes.section,
  CASE nodes.title WHEN '' THEN nodes.text ELSE nodes.title END AS item,
  duties.role, duties.office, duties.written, duties.inherited, nodes.deadline, nodes.due,
  notices.path, nodes.line, notices.year
FROM duties JOIN nodes USING (node) JOIN notices USING (notice)
WHERE nodes.item AND notices.latest

CREATE VIEW workloads AS -- how much each office has to do
SELECT
  office, sum(role = 'lead') AS lead, sum(role = 'responsible') AS responsible, sum(role = 'support') AS support,
  count(*) AS total, count(DISTINCT nodes.notice) AS notices
FROM duties JOIN nodes USING (node) JOIN notices USING (notice)
WHERE nodes.item AND notices.latest
GROUP BY office
