"""Let exclusion constraints compare keys beside periods ("no two terms of one licence overlap")."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_events_are_append_only")]
    run_before = [("licensing", "0001_initial")]
    operations = [BtreeGistExtension()]
