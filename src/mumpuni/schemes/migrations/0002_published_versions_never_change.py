"""Make the database itself refuse to change a published scheme version or its units.

A verified version may be retired, and nothing else: whoever was certified against it must find
what was asked of them.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION schemes_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('verified', 'retired') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - '{state,retired_on}'::text[]
            = to_jsonb(OLD) - '{state,retired_on}'::text[]
        AND NEW.state IN ('verified', 'retired')
        AND (OLD.state = NEW.state OR NEW.state = 'retired')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published scheme version never changes';
END $$;
CREATE TRIGGER schemes_version_never_changes
    BEFORE UPDATE OR DELETE ON schemes_schemeversion
    FOR EACH ROW EXECUTE FUNCTION schemes_version_refuse();

CREATE FUNCTION schemes_unit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM schemes_schemeversion
    WHERE id IN (OLD.scheme_version_id, NEW.scheme_version_id)
        AND state IN ('verified', 'retired');
    IF FOUND THEN
        RAISE EXCEPTION 'the units of a published scheme version never change';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER schemes_unit_never_changes
    BEFORE INSERT OR UPDATE OR DELETE ON schemes_schemeunit
    FOR EACH ROW EXECUTE FUNCTION schemes_unit_refuse();
"""
ALLOW = """
DROP TRIGGER schemes_version_never_changes ON schemes_schemeversion;
DROP TRIGGER schemes_unit_never_changes ON schemes_schemeunit;
DROP FUNCTION schemes_version_refuse();
DROP FUNCTION schemes_unit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
