"""Make the database itself refuse to change or delete a ballot."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION plenary_ballot_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'plenary_ballot is append-only';
END $$;
CREATE TRIGGER plenary_ballot_append_only
    BEFORE UPDATE OR DELETE ON plenary_ballot
    FOR EACH STATEMENT EXECUTE FUNCTION plenary_ballot_refuse();
CREATE TRIGGER plenary_ballot_never_emptied
    BEFORE TRUNCATE ON plenary_ballot
    FOR EACH STATEMENT EXECUTE FUNCTION plenary_ballot_refuse();
"""
ALLOW = """
DROP TRIGGER plenary_ballot_append_only ON plenary_ballot;
DROP TRIGGER plenary_ballot_never_emptied ON plenary_ballot;
DROP FUNCTION plenary_ballot_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("plenary", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
