-- Who works with whom, as export --per pair shows it.

DROP VIEW IF EXISTS pairs

CREATE VIEW pairs AS -- a row two offices of a task, in the words of the notice
SELECT
  notices.title AS notice, nodes.id, nodes.section, nodes.task, one.office AS source, one.role AS source_role,
  other.office AS target, other.role AS target_role, one.role <> other.role AS directed, notices.issuer, notices.year
FROM duties AS one
  JOIN duties AS other ON other.node = one.node AND other.office <> one.office
  JOIN nodes ON nodes.node = one.node JOIN notices USING (notice)
WHERE nodes.item AND notices.latest AND notices.document NOT IN (SELECT document FROM hidden)
  AND (
    (one.role = 'lead' AND other.role IN ('support', 'responsible'))
    OR (one.role = 'responsible' AND other.role = 'support'
      AND NOT EXISTS (SELECT 1 FROM duties AS lead WHERE lead.node = one.node AND lead.role = 'lead'))
    OR (one.role = other.role AND one.role <> 'support' AND one.duty < other.duty)
  )
GROUP BY nodes.node, one.office, other.office
