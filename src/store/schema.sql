-- The ledger of one migration: what the source said, what we mean to do about it, what came of it.
-- Version 1. A change to this file is a numbered migration in migrations.cpp, never an edit in place.
-- Times are microseconds since 1970 UTC. Hashes are SHA-256. `payload` and `before_image` are zstd
-- frames (see payload.hpp); everything else is readable with plain SQL, best through the views below.

CREATE TABLE migration (
  id          TEXT NOT NULL PRIMARY KEY,  -- a UUID; part of every identity that we create
  path        TEXT NOT NULL,
  generation  INTEGER NOT NULL,           -- grows with each rollback: identities are never reused
  created_at  INTEGER NOT NULL,
  tool        TEXT NOT NULL               -- version that wrote it
) WITHOUT ROWID;

-- Small dictionaries, so that the large tables hold integers.
CREATE TABLE name (
  id    INTEGER PRIMARY KEY,
  text  TEXT NOT NULL UNIQUE
);

-- How far a resumable stream got; written in the transaction of what it covers.
CREATE TABLE checkpoint (
  stream      TEXT NOT NULL PRIMARY KEY,
  value       TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- What was described, proposed or measured once, as it was then: schemas, plans, facts, results.
CREATE TABLE document (
  name        TEXT NOT NULL PRIMARY KEY,  -- "source schema", "setup plan" …
  body        TEXT NOT NULL,              -- JSON
  updated_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- One row per source record, in the order in which it was first seen.
CREATE TABLE source_record (
  seq          INTEGER PRIMARY KEY,
  object       INTEGER NOT NULL REFERENCES name (id),
  source_id    TEXT NOT NULL,
  payload      BLOB NOT NULL,
  hash         INTEGER NOT NULL,  -- first 8 bytes of SHA-256 over payload and fate; equal: unchanged
  created_at   INTEGER,
  updated_at   INTEGER,
  archived     INTEGER NOT NULL,
  merged_into  TEXT,
  UNIQUE (object, source_id)
);
CREATE INDEX source_record_object ON source_record (object);  -- and, as always, seq behind it

CREATE TABLE source_edge (
  seq          INTEGER PRIMARY KEY,
  association  INTEGER NOT NULL REFERENCES name (id),
  from_id      TEXT NOT NULL,
  to_id        TEXT NOT NULL,
  label        TEXT NOT NULL,
  is_primary   INTEGER NOT NULL,
  attributes   TEXT NOT NULL,     -- JSON object
  created_at   INTEGER,
  archived     INTEGER NOT NULL,
  UNIQUE (association, from_id, to_id, label)
);
CREATE INDEX source_edge_to ON source_edge (association, to_id);

-- What is to become of each record and role, and what became of it: the fold over the operations.
CREATE TABLE assignment (
  id            INTEGER PRIMARY KEY,
  source        INTEGER NOT NULL,          -- source_record.seq; links: source_edge.seq; 0: made by us
  role          INTEGER NOT NULL REFERENCES name (id),  -- "primary", "link:contacts→companies", "placeholder" …
  source_id     TEXT NOT NULL,             -- kept here so that a role of nobody's record has a name too
  object        INTEGER NOT NULL REFERENCES name (id),
  target_table  INTEGER REFERENCES name (id),
  target_id     TEXT,
  verdict       INTEGER NOT NULL,          -- store::Verdict
  reason        INTEGER REFERENCES name (id),
  detail        TEXT,                      -- for people: field, found, expected; no more of the record than that
  routed        INTEGER NOT NULL DEFAULT 0,
  depth         INTEGER NOT NULL DEFAULT 0, -- in its own hierarchy; orders parents before children
  state         INTEGER NOT NULL DEFAULT 0, -- store::State
  sampled       INTEGER NOT NULL DEFAULT 0,
  pending       INTEGER NOT NULL DEFAULT 0, -- bits of store::Pending: lookups to patch, state to set
  affinity      INTEGER NOT NULL DEFAULT 0, -- rows that share it hang on one parent; 0: on none
  UNIQUE (object, source_id, role)
);
CREATE INDEX assignment_work ON assignment (target_table, verdict, state, id);
CREATE INDEX assignment_source ON assignment (source, role);
CREATE INDEX assignment_target ON assignment (target_id) WHERE target_id IS NOT NULL;

-- Values by which records and rows over there may be the same; a work table of the preflight.
CREATE TABLE match_key (
  rule  INTEGER NOT NULL,
  key   TEXT NOT NULL,
  side  INTEGER NOT NULL,                  -- store::MatchSide
  id    TEXT NOT NULL,                     -- source id, or the row's id over there
  PRIMARY KEY (rule, key, side, id)
) WITHOUT ROWID;

-- Records that refer to records of their own object: who waits for whom, and in which wave it loads.
CREATE TABLE hierarchy (
  object  INTEGER NOT NULL REFERENCES name (id),
  child   TEXT NOT NULL,                   -- source ids
  parent  TEXT NOT NULL,
  depth   INTEGER NOT NULL DEFAULT -1,     -- 1: below a root; -1: not known yet
  cut     INTEGER NOT NULL DEFAULT 0,      -- 1: the edge would close a cycle and is left out
  PRIMARY KEY (object, child)
) WITHOUT ROWID;
CREATE INDEX hierarchy_parent ON hierarchy (object, parent);
CREATE INDEX hierarchy_depth ON hierarchy (object, depth);

-- Append-only. One row per write that was meant, numbered before its request left.
CREATE TABLE operation (
  id            INTEGER PRIMARY KEY,
  batch         INTEGER NOT NULL,
  assignment    INTEGER NOT NULL,
  verb          INTEGER NOT NULL,          -- model::Verb
  target_table  INTEGER NOT NULL REFERENCES name (id),
  target_id     TEXT NOT NULL,
  before_image  BLOB                       -- values about to be replaced; NULL for creates
);
CREATE INDEX operation_batch ON operation (batch);
CREATE INDEX operation_assignment ON operation (assignment);

-- Append-only. What came of a single operation when it was not simply "done with its batch".
CREATE TABLE operation_result (
  operation  INTEGER PRIMARY KEY,
  outcome    INTEGER NOT NULL,             -- model::RowOutcome::Kind
  code       TEXT NOT NULL,
  message    TEXT NOT NULL,
  target_id  TEXT
);

CREATE TABLE batch (
  id        INTEGER PRIMARY KEY,
  stage     TEXT NOT NULL,
  phase     TEXT NOT NULL,
  road      INTEGER NOT NULL,              -- model::Road
  rows      INTEGER NOT NULL,
  ticket    TEXT,                          -- where the platform works asynchronously
  settled   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX batch_open ON batch (settled) WHERE settled = 0;

-- The audit log: append-only facts, each with the hash of the one before it in its stream.
CREATE TABLE fact (
  stream    TEXT NOT NULL,                 -- one per lane, so that lanes never wait for each other
  number    INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  kind      TEXT NOT NULL,                 -- "batch intended", "batch settled", "stage done", "approved" …
  body      TEXT NOT NULL,                 -- JSON; ids and counts, no record values
  covered   BLOB NOT NULL,                 -- hash of the rows it speaks for (operations, results); empty: none
  hash      BLOB NOT NULL,                 -- of previous hash, number, at, kind, body, covered
  PRIMARY KEY (stream, number)
) WITHOUT ROWID;

CREATE TABLE stage (
  id           TEXT NOT NULL PRIMARY KEY,  -- "S-01" …
  state        INTEGER NOT NULL,           -- store::StageState
  started_at   INTEGER,
  finished_at  INTEGER,
  fingerprint  TEXT NOT NULL,              -- of what it worked from
  summary      TEXT NOT NULL               -- JSON
) WITHOUT ROWID;

CREATE TABLE approval (
  id           INTEGER PRIMARY KEY,
  gate         TEXT NOT NULL,
  by           TEXT NOT NULL,
  at           INTEGER NOT NULL,
  note         TEXT NOT NULL,
  fingerprint  TEXT NOT NULL,              -- of everything that was approved
  parts        TEXT NOT NULL               -- JSON: name of each part → its fingerprint, to say later what changed
);

CREATE TABLE owner (
  source_id   TEXT NOT NULL PRIMARY KEY,   -- '' for records that name nobody
  email       TEXT NOT NULL,
  name        TEXT NOT NULL,
  class       TEXT NOT NULL,               -- matched, unmatched, inactive, ambiguous, unknown, missing
  target_id   TEXT,
  target_kind TEXT NOT NULL,
  fallback    INTEGER NOT NULL,
  records     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE finding (
  id        INTEGER PRIMARY KEY,
  stage     TEXT NOT NULL,
  code      TEXT NOT NULL,
  severity  INTEGER NOT NULL,              -- store::Severity
  object    TEXT NOT NULL,
  field     TEXT NOT NULL,
  message   TEXT NOT NULL,
  remedy    TEXT NOT NULL,
  count     INTEGER NOT NULL,
  UNIQUE (stage, code, object, field, message)
);
CREATE TABLE finding_record (
  finding    INTEGER NOT NULL REFERENCES finding (id),
  source_id  TEXT NOT NULL,
  PRIMARY KEY (finding, source_id)
) WITHOUT ROWID;

-- Values that records may share ("duplicate_email"): hashes while they are collected; what stays are
-- those that two or more records have. First 8 bytes of SHA-256 of the folded value.
CREATE TABLE shared_value (
  code       TEXT NOT NULL,
  hash       INTEGER NOT NULL,
  source_id  TEXT NOT NULL,
  PRIMARY KEY (code, hash, source_id)
) WITHOUT ROWID;

-- Pairs of records that a third one names, each once: the spouses of a matter.
CREATE TABLE pair (
  name      TEXT NOT NULL,                 -- "spouses", "former spouses"
  one       TEXT NOT NULL,                 -- source ids, the smaller first
  other     TEXT NOT NULL,
  named_by  TEXT NOT NULL,                 -- the first record that was seen to name them
  linkable  INTEGER NOT NULL,              -- both are live
  PRIMARY KEY (name, one, other)
) WITHOUT ROWID;

CREATE TABLE mismatch (
  assignment  INTEGER NOT NULL,
  field       TEXT NOT NULL,
  verdict     TEXT NOT NULL,               -- truncated, rounded, defaulted, edited by a person, missing, different
  explanation TEXT NOT NULL,
  PRIMARY KEY (assignment, field)
) WITHOUT ROWID;

-- What we did to the destination's schema, in order; what was there before us never stands here.
CREATE TABLE schema_step (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,            -- "account.flit_source_id"
  change  TEXT NOT NULL,                   -- JSON
  state   INTEGER NOT NULL                 -- store::SchemaStepState
);

-- For people with a SQL prompt. These views are part of the product.
CREATE VIEW outcomes AS
  SELECT o.text AS object, a.source_id, r.text AS role, t.text AS target_table, a.target_id,
         a.verdict, a.state, w.text AS reason, a.detail
  FROM assignment a
  JOIN name o ON o.id = a.object
  JOIN name r ON r.id = a.role
  LEFT JOIN name t ON t.id = a.target_table
  LEFT JOIN name w ON w.id = a.reason;

CREATE VIEW operations AS
  SELECT p.id, b.stage, b.phase, p.verb, t.text AS target_table, p.target_id, o.text AS object,
         a.source_id, b.settled, x.outcome, x.code, x.message
  FROM operation p
  JOIN batch b ON b.id = p.batch
  JOIN assignment a ON a.id = p.assignment
  JOIN name o ON o.id = a.object
  JOIN name t ON t.id = p.target_table
  LEFT JOIN operation_result x ON x.operation = p.id;
