from django.db import migrations, models

# a key is retired once; it signed, so it is never forgotten
LOCKS = """
CREATE FUNCTION transparency_key_was_retired() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.retired_at IS NULL AND (OLD.id, OLD.verifier, OLD.since)
        = (NEW.id, NEW.verifier, NEW.since)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'transparency_logkey is append-only: a key is retired once';
END $$;
CREATE TRIGGER transparency_key_was_retired BEFORE UPDATE ON transparency_logkey
    FOR EACH ROW EXECUTE FUNCTION transparency_key_was_retired();
CREATE TRIGGER transparency_logkey_append_only BEFORE DELETE ON transparency_logkey
    FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse();
CREATE TRIGGER transparency_logkey_never_emptied BEFORE TRUNCATE ON transparency_logkey
    FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse();
"""
NO_LOCKS = "DROP FUNCTION transparency_key_was_retired() CASCADE;"
SIGNED_SO_FAR = """
INSERT INTO transparency_logkey (verifier, since)
SELECT key, min(at) FROM transparency_checkpoint GROUP BY key;
"""


class Migration(migrations.Migration):
    dependencies = [("transparency", "0002_the_log_only_grows")]
    operations = [
        migrations.CreateModel(
            name="LogKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verifier", models.CharField(max_length=400, unique=True)),
                ("since", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(SIGNED_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(LOCKS, NO_LOCKS),
    ]
