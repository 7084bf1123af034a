/** Version 1. Frozen: a later change is a migration of its own. */
export const initial = `
CREATE TABLE charge (
  med_org_ord      TEXT PRIMARY KEY,
  id_no            TEXT NOT NULL,
  detail_json      TEXT NOT NULL,
  fetched_at_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX charge_by_id_no ON charge (id_no);

CREATE TABLE orders (
  med_org_ord           TEXT PRIMARY KEY,
  pay_ord_id            TEXT,
  state                 TEXT NOT NULL,
  proved_state          TEXT NOT NULL,
  leg_insurance         TEXT NOT NULL,
  leg_cash              TEXT NOT NULL,
  setl_type             TEXT,
  fee_sum_fen           INTEGER,
  fund_fen              INTEGER,
  account_fen           INTEGER,
  own_pay_fen           INTEGER,
  out_of_catalogue_fen  INTEGER,
  prepaid_fen           INTEGER,
  amounts_from          TEXT,
  amounts_warning       INTEGER NOT NULL,
  ord_stas              TEXT,
  last_ord_stas         TEXT,
  suspense_reason       TEXT,
  identity_failed       TEXT,
  attention_reason      TEXT,
  attention_since_ms    INTEGER,
  patient_name          TEXT NOT NULL,
  name_initials         TEXT NOT NULL,
  id_no                 TEXT NOT NULL,
  dept_name             TEXT NOT NULL,
  dr_name               TEXT NOT NULL,
  visit_time            TEXT NOT NULL,
  charge_fen            INTEGER NOT NULL,
  charge_outside_fen    INTEGER NOT NULL,
  cashier_url           TEXT,
  uploaded_at_ms        INTEGER,
  pay_until_ms          INTEGER,
  hi_doc_sn             TEXT,
  hi_rgst_sn            TEXT,
  settled_at_ms         INTEGER,
  callback_at_ms        INTEGER,
  last_query_at_ms      INTEGER,
  next_query_at_ms      INTEGER,
  query_attempts        INTEGER NOT NULL,
  created_at_ms         INTEGER NOT NULL,
  updated_at_ms         INTEGER NOT NULL
) STRICT;
CREATE INDEX orders_by_created ON orders (created_at_ms DESC, med_org_ord DESC);
CREATE INDEX orders_by_pay_ord_id ON orders (pay_ord_id) WHERE pay_ord_id IS NOT NULL;
CREATE INDEX orders_due ON orders (next_query_at_ms) WHERE next_query_at_ms IS NOT NULL;
CREATE INDEX orders_attention ON orders (attention_since_ms) WHERE attention_reason IS NOT NULL;

CREATE TABLE operation (
  id               TEXT PRIMARY KEY,
  med_org_ord      TEXT NOT NULL REFERENCES orders,
  kind             TEXT NOT NULL,
  state            TEXT NOT NULL,
  request_id       TEXT NOT NULL UNIQUE,
  request_json     TEXT NOT NULL,
  operator_name    TEXT NOT NULL,
  message          TEXT,
  prepared_at_ms   INTEGER NOT NULL,
  ended_at_ms      INTEGER
) STRICT;
CREATE INDEX operation_by_order ON operation (med_org_ord, prepared_at_ms);
-- The lock of an order is the database's: no second operation can begin while one is open.
CREATE UNIQUE INDEX operation_open ON operation (med_org_ord) WHERE state IN ('prepared', 'sent', 'unknown');

CREATE TABLE refund (
  operation_id     TEXT PRIMARY KEY REFERENCES operation,
  med_org_ord      TEXT NOT NULL REFERENCES orders,
  app_refd_sn      TEXT NOT NULL,
  refd_type        TEXT NOT NULL,
  ref_channel      TEXT NOT NULL,
  reason           TEXT NOT NULL,
  total_fen        INTEGER,
  cash_fen         INTEGER,
  fund_fen         INTEGER,
  account_fen      INTEGER,
  cash_channel     TEXT
) STRICT;
CREATE INDEX refund_by_order ON refund (med_org_ord);

CREATE TABLE callback (
  id               INTEGER PRIMARY KEY,
  interface_id     TEXT NOT NULL,
  med_org_ord      TEXT,
  pay_ord_id       TEXT,
  dedupe_key       TEXT,
  money_key        TEXT,
  status           TEXT NOT NULL,
  body             TEXT NOT NULL,
  caller           TEXT NOT NULL,
  received_at_ms   INTEGER NOT NULL,
  answer_status    INTEGER NOT NULL,
  answer_body      TEXT NOT NULL,
  repeats          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX callback_once ON callback (dedupe_key) WHERE status IN ('accepted', 'applied', 'parked');
CREATE INDEX callback_waiting ON callback (status, med_org_ord) WHERE status IN ('accepted', 'parked');
CREATE INDEX callback_by_order ON callback (med_org_ord) WHERE med_org_ord IS NOT NULL;

CREATE TABLE timeline (
  id               INTEGER PRIMARY KEY,
  med_org_ord      TEXT NOT NULL REFERENCES orders,
  at_ms            INTEGER NOT NULL,
  kind             TEXT NOT NULL,
  actor            TEXT NOT NULL,
  operator_name    TEXT,
  data_json        TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_by_order ON timeline (med_org_ord, id);

CREATE TABLE exchange (
  id               INTEGER PRIMARY KEY,
  med_org_ord      TEXT NOT NULL REFERENCES orders,
  interface_id     TEXT NOT NULL,
  started_at_ms    INTEGER NOT NULL,
  elapsed_ms       INTEGER NOT NULL,
  http_status      INTEGER,
  reply_body       TEXT
) STRICT;
CREATE INDEX exchange_by_order ON exchange (med_org_ord, interface_id, id);

-- The journal of 1.8. Of the person only what history needs: a masked name and the tail of the number.
CREATE TABLE notice (
  id               TEXT PRIMARY KEY,
  request_id       TEXT NOT NULL UNIQUE,
  state            TEXT NOT NULL,
  masked_name      TEXT NOT NULL,
  masked_id_no     TEXT NOT NULL,
  id_type          TEXT NOT NULL,
  msg_type         TEXT NOT NULL,
  channel          TEXT NOT NULL,
  operator_name    TEXT NOT NULL,
  message          TEXT,
  prepared_at_ms   INTEGER NOT NULL,
  ended_at_ms      INTEGER
) STRICT;
CREATE INDEX notice_by_time ON notice (prepared_at_ms DESC);

CREATE TABLE wire_drift (
  interface_id     TEXT NOT NULL,
  kind             TEXT NOT NULL,
  path             TEXT NOT NULL,
  times            INTEGER NOT NULL,
  first_at_ms      INTEGER NOT NULL,
  last_at_ms       INTEGER NOT NULL,
  PRIMARY KEY (interface_id, kind, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE answered_request (
  request_id       TEXT PRIMARY KEY,
  procedure        TEXT NOT NULL,
  input_hash       TEXT NOT NULL,
  answer           TEXT NOT NULL,
  answered_at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_request_by_age ON answered_request (answered_at_ms);
`
