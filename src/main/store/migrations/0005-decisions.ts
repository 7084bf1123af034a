/**
 * Version 5: what a person decided about an unknown outcome, or found behind an alarm; orders that were rebuilt from the
 * centre; settlement types that the codes heard so far rule out. Frozen.
 */
export const decisions = `
CREATE TABLE decision (
  id               INTEGER PRIMARY KEY,
  request_id       TEXT NOT NULL UNIQUE,
  med_org_ord      TEXT NOT NULL REFERENCES orders,
  -- Null for a note on an alarm.
  operation_id     TEXT REFERENCES operation,
  -- Null for a decision on an operation.
  reason           TEXT,
  outcome          TEXT NOT NULL,
  evidence_kind    TEXT,
  evidence_number  TEXT,
  note             TEXT NOT NULL,
  operator_name    TEXT NOT NULL,
  decided_at_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_by_order ON decision (med_org_ord, id);
CREATE UNIQUE INDEX decision_once ON decision (operation_id) WHERE operation_id IS NOT NULL;

ALTER TABLE orders ADD COLUMN setl_ruled_out TEXT;
ALTER TABLE orders ADD COLUMN attention_noted TEXT;
ALTER TABLE orders ADD COLUMN rebuilt_at_ms INTEGER;
`
