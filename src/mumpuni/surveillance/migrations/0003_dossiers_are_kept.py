"""Make the database itself refuse to change or delete a dossier."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION surveillance_dossier_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'surveillance_dossier is append-only';
END $$;
CREATE TRIGGER surveillance_dossier_append_only
    BEFORE UPDATE OR DELETE ON surveillance_dossier
    FOR EACH STATEMENT EXECUTE FUNCTION surveillance_dossier_refuse();
CREATE TRIGGER surveillance_dossier_never_emptied
    BEFORE TRUNCATE ON surveillance_dossier
    FOR EACH STATEMENT EXECUTE FUNCTION surveillance_dossier_refuse();
"""
ALLOW = """
DROP TRIGGER surveillance_dossier_append_only ON surveillance_dossier;
DROP TRIGGER surveillance_dossier_never_emptied ON surveillance_dossier;
DROP FUNCTION surveillance_dossier_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0002_dossier")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
