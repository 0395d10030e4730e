"""Make the database itself refuse to change what was issued; its file is added once."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casework_issueddocument_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sha256 = ''
        AND to_jsonb(NEW) - 'file' - 'sha256' = to_jsonb(OLD) - 'file' - 'sha256' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'casework_issueddocument stays as issued';
END $$;
CREATE TRIGGER casework_issueddocument_stays
    BEFORE UPDATE OR DELETE ON casework_issueddocument
    FOR EACH ROW EXECUTE FUNCTION casework_issueddocument_refuse();
CREATE TRIGGER casework_issueddocument_never_emptied
    BEFORE TRUNCATE ON casework_issueddocument
    FOR EACH STATEMENT EXECUTE FUNCTION casework_issueddocument_refuse();
"""
ALLOW = """
DROP TRIGGER casework_issueddocument_stays ON casework_issueddocument;
DROP TRIGGER casework_issueddocument_never_emptied ON casework_issueddocument;
DROP FUNCTION casework_issueddocument_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_issued_documents")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
