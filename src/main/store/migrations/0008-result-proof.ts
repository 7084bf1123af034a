/**
 * Version 8: a result for the hospital's system names the callback that proved it, and does not hold its text a second
 * time (docs/decisions/0010). Older results hold all that is told. Frozen.
 */
export const resultProof = `
-- No foreign key: to delete a callback would look through all results. Both are folded and unfolded together.
ALTER TABLE outbox ADD COLUMN callback_id INTEGER;
`
