/**
 * Version 6: what a search of a million orders is answered from. Everything is an index that SQLite keeps itself, but
 * for the parts of names. Frozen.
 */
export const search = `
-- Ascending: new orders are appended at its end, where a descending index splits its first page in halves for ever.
DROP INDEX orders_by_created;
CREATE INDEX orders_by_created ON orders (created_at_ms, med_org_ord);
-- Most orders are settled: a list of those is as good as the list of all.
CREATE INDEX orders_by_state ON orders (state, created_at_ms, med_org_ord) WHERE state <> 'settled';
CREATE INDEX orders_by_name ON orders (patient_name, created_at_ms);
CREATE INDEX orders_by_amount ON orders (charge_fen + charge_outside_fen, created_at_ms);
-- Four characters are what people type of a number; the rest of a longer tail is compared. With the time, so that the
-- newest of many are found without reading the others.
CREATE INDEX orders_by_number_tail ON orders (upper(substr(med_org_ord, -4)), created_at_ms);
CREATE INDEX orders_by_pay_tail ON orders (upper(substr(pay_ord_id, -4)), created_at_ms) WHERE pay_ord_id IS NOT NULL;
CREATE INDEX orders_by_id_tail ON orders (upper(substr(id_no, -4)), created_at_ms);

-- Each name from each of its characters on, and its pinyin initials: a word anywhere in a name is the beginning of one.
CREATE TABLE name_part (
  part             TEXT NOT NULL,
  name             TEXT NOT NULL,
  PRIMARY KEY (part, name)
) STRICT, WITHOUT ROWID;
WITH RECURSIVE
  person (name, initials) AS (SELECT DISTINCT patient_name, name_initials FROM orders WHERE patient_name <> ''),
  piece (name, at) AS (
    SELECT name, 1 FROM person
    UNION ALL
    SELECT name, at + 1 FROM piece WHERE at < length(name)
  )
INSERT OR IGNORE INTO name_part (part, name)
  SELECT substr(name, at), name FROM piece
  UNION ALL
  SELECT initials, name FROM person WHERE initials <> '';
`
