"""Whoever looks at an office's inbox hears of it at the commit, as of what the evidence log takes in."""

from django.db import migrations

TELL = """
CREATE FUNCTION outbox_tell_inbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('audit', 'org:' || NEW.recipient);
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_message_told AFTER INSERT ON outbox_message
    FOR EACH ROW WHEN (NEW.channel = 'inapp') EXECUTE FUNCTION outbox_tell_inbox();
CREATE TRIGGER outbox_message_read AFTER UPDATE OF read_at, acknowledged_at ON outbox_message
    FOR EACH ROW WHEN (NEW.channel = 'inapp') EXECUTE FUNCTION outbox_tell_inbox();
"""

SILENT = """
DROP TRIGGER outbox_message_told ON outbox_message;
DROP TRIGGER outbox_message_read ON outbox_message;
DROP FUNCTION outbox_tell_inbox();
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0005_append_only")]

    operations = [migrations.RunSQL(TELL, SILENT)]
