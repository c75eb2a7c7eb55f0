"""The trigger that chains the rows, and the ones that refuse to change them."""

from django.db import migrations

from audit.append_only import append_only

REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

CHAIN = """
CREATE FUNCTION audit_utc(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head audit_chainhead%ROWTYPE;
BEGIN
    INSERT INTO audit_chainhead (chain, seq, hash) VALUES (NEW.chain, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_chainhead WHERE chain = NEW.chain FOR UPDATE;
    NEW.seq := head.seq + 1;
    NEW.prev_hash := head.hash;
    NEW.recorded_at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n', NEW.prev_hash, NEW.chain, NEW.seq, NEW.action, NEW.actor,
        NEW.office, NEW.subject, audit_utc(NEW.at), audit_utc(NEW.recorded_at), NEW.payload), 'UTF8')), 'hex');
    UPDATE audit_chainhead SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
    PERFORM pg_notify('audit', NEW.chain);
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""

UNCHAIN = """
DROP TRIGGER audit_event_chain ON audit_auditevent;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_utc(timestamptz);
"""

# Chain heads move only inside audit_chain(), one trigger level deeper than any statement of a client.
GUARD = """
CREATE FUNCTION audit_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'audit chain heads are written by the chain alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_head_guard BEFORE INSERT OR UPDATE OR DELETE ON audit_chainhead
    FOR EACH ROW EXECUTE FUNCTION audit_guard_head();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_chainhead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""

UNGUARD = """
DROP TRIGGER audit_head_guard ON audit_chainhead;
DROP TRIGGER audit_head_no_truncate ON audit_chainhead;
DROP FUNCTION audit_guard_head();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse_change();"),
        migrations.RunSQL(CHAIN, UNCHAIN),
        migrations.RunSQL(GUARD, UNGUARD),
        append_only("audit_auditevent", "audit_dailyroot"),
    ]
