/**
 * Version 2: results that are written back to the hospital's system, charges that a folder brought, who was given
 * personal data, and the fingerprint of the fee lines that an upload was made of. Frozen.
 */
export const outbox = `
CREATE TABLE outbox (
  id               INTEGER PRIMARY KEY,
  result_id        TEXT NOT NULL UNIQUE,
  med_org_ord      TEXT NOT NULL REFERENCES orders,
  -- Counts the results of one order, from 1.
  seq              INTEGER NOT NULL,
  result_type      TEXT NOT NULL,
  -- What makes two results of an order the same: its money and numbers.
  content_key      TEXT NOT NULL,
  body             TEXT NOT NULL,
  created_at_ms    INTEGER NOT NULL,
  attempts         INTEGER NOT NULL,
  next_at_ms       INTEGER NOT NULL,
  taken_at_ms      INTEGER,
  UNIQUE (med_org_ord, seq)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (med_org_ord, seq) WHERE taken_at_ms IS NULL;

CREATE TABLE folder_charge (
  med_org_ord      TEXT PRIMARY KEY,
  id_no            TEXT NOT NULL,
  detail_json      TEXT NOT NULL,
  state            TEXT NOT NULL,
  taken_at_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX folder_charge_pending ON folder_charge (id_no) WHERE state = 'pending';

CREATE TABLE disclosure (
  id               INTEGER PRIMARY KEY,
  at_ms            INTEGER NOT NULL,
  caller           TEXT NOT NULL,
  interface_id     TEXT NOT NULL,
  med_org_ord      TEXT,
  id_hash          TEXT,
  outcome          TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_by_time ON disclosure (at_ms);

ALTER TABLE orders ADD COLUMN fee_fingerprint TEXT;
`
