/**
 * Version 7: orders that have been quiet for long are folded into one block each (docs/decisions/0007). Structure only:
 * the desk folds in small steps while it runs. Frozen.
 */
export const fold = `
CREATE TABLE fold (
  id                        INTEGER PRIMARY KEY,
  -- Of the operation that was begun last, what lists show: they open no block. Null where its row is not folded.
  -- 16 bytes where it is a uuid.
  operation_id              ANY,
  operation_kind            TEXT,
  operation_state           TEXT,
  operation_prepared_at_ms  INTEGER,
  operation_message         TEXT,
  -- How many rows are in the block, for those who count them.
  operations                INTEGER NOT NULL,
  callbacks                 INTEGER NOT NULL,
  block                     BLOB NOT NULL
) STRICT;

-- No foreign key: it would ask for an index over a million numbers, to be used by nothing else.
ALTER TABLE orders ADD COLUMN fold_id INTEGER;
-- Holds what is not folded yet: the orders of some days.
CREATE INDEX orders_unfolded ON orders (updated_at_ms) WHERE fold_id IS NULL;

-- Read for one thing only: to forget whose number was asked about.
DROP INDEX disclosure_by_time;
CREATE INDEX disclosure_of_person ON disclosure (at_ms) WHERE id_hash IS NOT NULL;
`
