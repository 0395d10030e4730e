"""Give all processes one place for what is counted or kept for a while.

Nothing here outlives a crash of the server, so nothing of it is written to the log of changes.
"""

from django.db import migrations, models

CREATE = """
ALTER TABLE kernel_tally SET UNLOGGED;
CREATE UNLOGGED TABLE shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_equality_in_exclusions")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(CREATE, "DROP TABLE shared_cache"),
    ]
