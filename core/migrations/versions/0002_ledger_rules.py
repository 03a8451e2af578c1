"""The rules of the books, kept by the database whoever writes.

Revision ID: 0002_ledger_rules
Revises: 0001_first_tables
"""

from alembic import op

revision = "0002_ledger_rules"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None

APPEND_ONLY = """
CREATE FUNCTION ledger.forbid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger.% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER transfer_immutable BEFORE UPDATE OR DELETE ON ledger.transfer
  FOR EACH ROW EXECUTE FUNCTION ledger.forbid();
CREATE TRIGGER entry_immutable BEFORE UPDATE OR DELETE ON ledger.entry
  FOR EACH ROW EXECUTE FUNCTION ledger.forbid();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON ledger.transfer EXECUTE FUNCTION ledger.forbid();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON ledger.entry EXECUTE FUNCTION ledger.forbid();
CREATE TRIGGER account_no_delete BEFORE DELETE ON ledger.account
  FOR EACH ROW EXECUTE FUNCTION ledger.forbid();
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON ledger.account EXECUTE FUNCTION ledger.forbid();
"""

# Lines may join a transfer only in the transaction that wrote its header; each line moves its
# account's sums and takes the next version, unless the account is hot.
ENTRY = """
CREATE FUNCTION ledger.entry_before() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE header_xid bigint; inline boolean;
BEGIN
  SELECT created_xid INTO header_xid FROM ledger.transfer WHERE id = NEW.transfer_id;
  IF header_xid IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
    RAISE EXCEPTION 'transfer % is sealed', NEW.transfer_id USING ERRCODE = '23514';
  END IF;
  SELECT inline_balance INTO inline FROM ledger.account WHERE id = NEW.account_id;
  IF inline THEN
    UPDATE ledger.account
       SET debits = debits + greatest(NEW.amount, 0),
           credits = credits + greatest(-NEW.amount, 0),
           version = version + 1
     WHERE id = NEW.account_id
     RETURNING version, debits - credits INTO NEW.account_version, NEW.balance_after;
  ELSE
    NEW.account_version := NULL;
    NEW.balance_after := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_moves_account BEFORE INSERT ON ledger.entry
  FOR EACH ROW EXECUTE FUNCTION ledger.entry_before();

CREATE FUNCTION ledger.account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.debits, NEW.credits, NEW.version) IS DISTINCT FROM (OLD.debits, OLD.credits, OLD.version)
     AND pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'the balance of % moves only through an entry', OLD.code USING ERRCODE = '23514';
  END IF;
  IF (NEW.code, NEW.kind, NEW.owner, NEW.currency, NEW.normal_side, NEW.allow_negative, NEW.inline_balance)
     IS DISTINCT FROM
     (OLD.code, OLD.kind, OLD.owner, OLD.currency, OLD.normal_side, OLD.allow_negative, OLD.inline_balance)
  THEN
    RAISE EXCEPTION 'account % keeps its identity', OLD.code USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_guarded BEFORE UPDATE ON ledger.account
  FOR EACH ROW EXECUTE FUNCTION ledger.account_guard();
"""

# On the header too: else a header without lines would pass.
BALANCED = """
CREATE FUNCTION ledger.assert_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted uuid; lines int; wrong record;
BEGIN
  IF TG_TABLE_NAME = 'transfer' THEN wanted := NEW.id; ELSE wanted := NEW.transfer_id; END IF;
  SELECT count(*) INTO lines FROM ledger.entry WHERE transfer_id = wanted;
  IF lines < 2 THEN
    RAISE EXCEPTION 'transfer % has % line(s)', wanted, lines USING ERRCODE = '23514';
  END IF;
  SELECT currency, sum(amount) AS off INTO wrong FROM ledger.entry WHERE transfer_id = wanted
   GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'transfer % is off by % %', wanted, wrong.off, wrong.currency USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfer_balanced AFTER INSERT ON ledger.transfer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.assert_balanced();
CREATE CONSTRAINT TRIGGER entry_balanced AFTER INSERT ON ledger.entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.assert_balanced();
"""

# The one write path: idempotent; locks accounts in id order, so that two postings never deadlock.
# Accounts that are debited on a liability go first in no special order: the check is immediate, so
# lines that add money are written before lines that take it.
POST = """
CREATE FUNCTION ledger.post(
  p_id uuid, p_key text, p_kind text, p_effective_at timestamptz, p_lines jsonb,
  p_source_type text, p_source_id text, p_reverses_id uuid, p_actor text)
RETURNS TABLE (transfer_id uuid, created boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  hash bytea := sha256(convert_to(
    jsonb_build_object('kind', p_kind, 'lines', p_lines, 'reverses', p_reverses_id)::text, 'UTF8'));
  earlier record; wanted int; written int;
BEGIN
  INSERT INTO ledger.transfer
    (id, idempotency_key, request_hash, kind, effective_at, reverses_id, source_type, source_id, actor)
  VALUES (p_id, p_key, hash, p_kind, p_effective_at, p_reverses_id, p_source_type, p_source_id, p_actor)
  ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    SELECT t.id, t.request_hash INTO earlier FROM ledger.transfer t WHERE t.idempotency_key = p_key;
    IF earlier.request_hash <> hash THEN
      RAISE EXCEPTION 'idempotency key % reused with other lines', p_key USING ERRCODE = '23505';
    END IF;
    RETURN QUERY SELECT earlier.id, false;
    RETURN;
  END IF;
  INSERT INTO ledger.account (code, kind, owner, currency, normal_side, allow_negative, inline_balance)
  SELECT DISTINCT l->>'account', l->>'kind', l->>'owner', l->>'currency', l->>'normal_side',
         (l->>'hot')::boolean, NOT (l->>'hot')::boolean
    FROM jsonb_array_elements(p_lines) l
   WHERE NOT EXISTS (SELECT 1 FROM ledger.account a WHERE a.code = l->>'account')
   ORDER BY 1
  ON CONFLICT (code) DO NOTHING;
  PERFORM 1 FROM ledger.account a
    WHERE a.inline_balance AND a.code IN (SELECT l->>'account' FROM jsonb_array_elements(p_lines) l)
    ORDER BY a.id FOR NO KEY UPDATE;
  SELECT count(*) INTO wanted FROM jsonb_array_elements(p_lines);
  INSERT INTO ledger.entry (transfer_id, line_no, account_id, currency, amount)
  SELECT p_id, l.ord, a.id, a.currency, (l.v->>'amount')::bigint
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY l(v, ord)
    JOIN ledger.account a ON a.code = l.v->>'account'
   ORDER BY (l.v->>'amount')::bigint < 0 DESC, l.ord;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> wanted THEN
    RAISE EXCEPTION 'unknown account in %', p_lines USING ERRCODE = '23503';
  END IF;
  RETURN QUERY SELECT p_id, true;
END $$;
"""

VIOLATION = """
CREATE VIEW ledger.account_truth AS
SELECT a.id, a.code, a.normal_side, a.inline_balance, a.allow_negative, a.currency, a.version,
       coalesce(sum(e.amount), 0)::bigint AS summed, a.debits - a.credits AS materialised,
       count(e.transfer_id) AS entries
  FROM ledger.account a LEFT JOIN ledger.entry e ON e.account_id = a.id
 GROUP BY a.id;

CREATE VIEW ledger.violation AS
SELECT 'balance is not the sum of its entries' AS rule, code AS what, materialised AS found, summed AS expected
  FROM ledger.account_truth WHERE inline_balance AND summed <> materialised
UNION ALL
SELECT 'versions have a gap', code, version, entries
  FROM ledger.account_truth WHERE inline_balance AND entries <> version
UNION ALL
SELECT 'account is overdrawn', code, summed, 0 FROM ledger.account_truth
 WHERE NOT allow_negative AND CASE normal_side WHEN 'D' THEN summed < 0 ELSE summed > 0 END
UNION ALL
SELECT 'currency does not sum to zero', currency, sum(amount)::bigint, 0
  FROM ledger.entry GROUP BY currency HAVING sum(amount) <> 0
UNION ALL
SELECT 'transfer does not sum to zero', transfer_id::text, sum(amount)::bigint, 0
  FROM ledger.entry GROUP BY transfer_id, currency HAVING sum(amount) <> 0
UNION ALL
SELECT 'transfer has too few lines', t.id::text, count(e.transfer_id), 2
  FROM ledger.transfer t LEFT JOIN ledger.entry e ON e.transfer_id = t.id
 GROUP BY t.id HAVING count(e.transfer_id) < 2
UNION ALL
SELECT 'running balance is broken', account_id::text, balance_after, expected FROM (
  SELECT account_id, balance_after,
         sum(amount) OVER (PARTITION BY account_id ORDER BY account_version)::bigint AS expected
    FROM ledger.entry WHERE account_version IS NOT NULL) chain
 WHERE balance_after <> expected;
"""


def upgrade() -> None:
    """Lay the rules over the tables."""
    for statements in (APPEND_ONLY, ENTRY, BALANCED, POST, VIOLATION):
        op.execute(statements)


def downgrade() -> None:
    """Take the rules off again; the rows stay."""
    op.execute("DROP VIEW ledger.violation, ledger.account_truth")
    op.execute("DROP FUNCTION ledger.post(uuid, text, text, timestamptz, jsonb, text, text, uuid, text)")
    for function in ("assert_balanced", "account_guard", "entry_before", "forbid"):
        op.execute(f"DROP FUNCTION ledger.{function}() CASCADE")
