"""Make the database itself refuse to change or delete an event."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION kernel_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kernel_event is append-only';
END $$;
CREATE TRIGGER kernel_event_append_only
    BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_event_refuse();
CREATE TRIGGER kernel_event_never_emptied
    BEFORE TRUNCATE ON kernel_event
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_event_refuse();
"""
ALLOW = """
DROP TRIGGER kernel_event_append_only ON kernel_event;
DROP TRIGGER kernel_event_never_emptied ON kernel_event;
DROP FUNCTION kernel_event_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
