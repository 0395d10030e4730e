import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_founders(apps, _editor):
    """Take the founder from the application by which the licence was granted."""
    licences = apps.get_model("licensing", "Licence").objects
    granted = apps.get_model("licensing", "LicenceApplication").objects.filter(
        pk=OuterRef("application_id")
    )
    licences.filter(application__isnull=False).update(
        founder_kind=Subquery(granted.values("founder_kind")),
        founder_name=Subquery(granted.values("founder_name")),
    )


class Migration(migrations.Migration):
    dependencies = [("licensing", "0003_applications_of_terms")]

    operations = [
        migrations.AlterField(
            model_name="licence",
            name="application",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="licence",
                to="licensing.licenceapplication",
            ),
        ),
        migrations.AddField(
            model_name="licence",
            name="founder_kind",
            field=models.CharField(
                choices=[
                    ("education", "Lembaga pendidikan atau pelatihan"),
                    ("company", "Perusahaan"),
                    ("agency", "Instansi pemerintah"),
                    ("association", "Asosiasi industri atau profesi"),
                ],
                default="",
                max_length=16,
                verbose_name="jenis pembentuk",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="licence",
            name="founder_name",
            field=models.CharField(
                default="", max_length=200, verbose_name="nama lembaga pembentuk"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="licence",
            name="source",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="sumber"
            ),
        ),
        migrations.RunPython(copy_founders, migrations.RunPython.noop),
    ]
