-- The index of words is gone: words are looked up when somebody asks, and the index of characters finds them. Sources are
-- packed as SQLite archives are, since no query looks into them. SQLite's own shell shows one by
-- SELECT CAST(sqlar_uncompress(packed, size) AS TEXT) FROM sources; elsewhere it is what zlib.decompress makes of packed,
-- or packed itself where it has that size.

DROP TABLE nodes_fts

CREATE TABLE sources ( -- the texts of notices, which the spans count the characters of
  notice INTEGER PRIMARY KEY REFERENCES notices (notice),
  size INTEGER NOT NULL, -- the bytes of the text in UTF-8
  packed BLOB NOT NULL -- these bytes as zlib packs them; as they are where that makes them no fewer
)

INSERT INTO sources SELECT notice, length(CAST(text AS BLOB)), aiwei_packed(text) FROM texts ORDER BY notice

DROP TABLE texts
