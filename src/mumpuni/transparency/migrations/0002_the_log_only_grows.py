"""Make the database itself refuse whatever would change what the log has said (T-01).

A leaf finds its index and its time once; a tile only gets longer; everything else is never changed.
"""

from django.db import migrations

FOREVER = ("leaf", "tile", "checkpoint", "cosignature", "selfcheck")
NEVER_CHANGED = ("checkpoint", "cosignature", "selfcheck")

FUNCTIONS = """
CREATE FUNCTION transparency_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE FUNCTION transparency_leaf_found_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.index IS NULL AND NEW.index IS NOT NULL
        AND (OLD.id, OLD.action, OLD.commitment, OLD.subject, OLD.subject_id)
            = (NEW.id, NEW.action, NEW.commitment, NEW.subject, NEW.subject_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'transparency_leaf is append-only: a leaf finds its place once';
END $$;
CREATE TRIGGER transparency_leaf_found_its_place BEFORE UPDATE ON transparency_leaf
    FOR EACH ROW EXECUTE FUNCTION transparency_leaf_found_its_place();

CREATE FUNCTION transparency_tile_got_longer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.level, OLD.number) = (NEW.id, NEW.level, NEW.number)
        AND length(NEW.data) > length(OLD.data)
        AND substring(NEW.data FOR length(OLD.data)) = OLD.data
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'transparency_tile is append-only: a tile only gets longer';
END $$;
CREATE TRIGGER transparency_tile_got_longer BEFORE UPDATE ON transparency_tile
    FOR EACH ROW EXECUTE FUNCTION transparency_tile_got_longer();
"""
NO_FUNCTIONS = """
DROP FUNCTION transparency_tile_got_longer() CASCADE;
DROP FUNCTION transparency_leaf_found_its_place() CASCADE;
DROP FUNCTION transparency_refuse() CASCADE;
"""


def triggers(table: str) -> str:
    refused = "UPDATE OR DELETE" if table in NEVER_CHANGED else "DELETE"
    return f"""
CREATE TRIGGER transparency_{table}_append_only BEFORE {refused} ON transparency_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse();
CREATE TRIGGER transparency_{table}_never_emptied BEFORE TRUNCATE ON transparency_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("transparency", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS + "".join(map(triggers, FOREVER)), NO_FUNCTIONS),
    ]
