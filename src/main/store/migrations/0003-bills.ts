/** Version 3: bills of interface 1.5 and how their rows stand against the orders. Frozen. */
export const bills = `
CREATE TABLE bill (
  id                INTEGER PRIMARY KEY,
  bill_date         TEXT NOT NULL,
  bill_type         TEXT NOT NULL,
  sha256            TEXT NOT NULL,
  rules_hash        TEXT NOT NULL,
  file_name         TEXT NOT NULL,
  file_bytes        INTEGER NOT NULL,
  downloaded_at_ms  INTEGER NOT NULL,
  downloaded_by     TEXT NOT NULL,
  -- 0 while its rows are being read: what a crash leaves behind is dropped at the next start.
  complete          INTEGER NOT NULL,
  facts_json        TEXT NOT NULL,
  compared_at_ms    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX bill_once ON bill (bill_date, bill_type, sha256) WHERE complete = 1;

CREATE TABLE bill_row (
  bill_id       INTEGER NOT NULL REFERENCES bill ON DELETE CASCADE,
  line          INTEGER NOT NULL,
  verdict       TEXT NOT NULL,
  movement      TEXT,
  med_org_ord   TEXT,
  pay_ord_id    TEXT,
  app_refd_sn   TEXT,
  trade_time    TEXT,
  trade_at_ms   INTEGER,
  amount_fen    INTEGER,
  others_json   TEXT NOT NULL,
  raw           TEXT,
  reason        TEXT,
  -- Our order that the row speaks of, and what we say of the same movement of it.
  order_number  TEXT,
  ours_fen      INTEGER,
  PRIMARY KEY (bill_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX bill_row_by_verdict ON bill_row (bill_id, verdict, line);
CREATE INDEX bill_row_by_order ON bill_row (bill_id, order_number, movement, amount_fen);

-- Orders that took cash, by the day to which their cash belongs as far as this desk knows.
CREATE INDEX orders_by_cash_day ON orders (coalesce(settled_at_ms, uploaded_at_ms, created_at_ms))
  WHERE leg_cash IN ('paid', 'partlyRefunded', 'refunded');
`
