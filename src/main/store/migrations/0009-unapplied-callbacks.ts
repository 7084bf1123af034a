/**
 * Version 9: what is acknowledged and has had no effect yet stands in a table of its own, so that a callback of 6 kB is
 * not written again for its mark (docs/decisions/0010). Frozen.
 */
export const unappliedCallbacks = `
CREATE TABLE unapplied_callback (
  med_org_ord      TEXT NOT NULL,
  callback_id      INTEGER NOT NULL,
  PRIMARY KEY (med_org_ord, callback_id)
) STRICT, WITHOUT ROWID;
INSERT INTO unapplied_callback (med_org_ord, callback_id)
  SELECT med_org_ord, id FROM callback WHERE status IN ('accepted', 'parked') AND med_org_ord IS NOT NULL;
DROP INDEX callback_waiting;

-- A key holds its order's number. Behind that number messages of one day stand on few pages; by the hash alone, on all.
DROP INDEX callback_once;
CREATE UNIQUE INDEX callback_once ON callback (med_org_ord, dedupe_key) WHERE status IN ('accepted', 'applied', 'parked');
`
