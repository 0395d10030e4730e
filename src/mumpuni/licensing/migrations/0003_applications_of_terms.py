from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_first_applications(apps, _schema):
    """Until now every term and scheme came with the application for the new licence."""
    licences = apps.get_model('licensing', 'Licence').objects.filter(pk=OuterRef('licence'))
    first = Subquery(licences.values('application')[:1])
    for name in ('LicenceTerm', 'LicenceScope'):
        apps.get_model('licensing', name).objects.update(application=first)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0002_kinds_of_applications'),
    ]

    operations = [
        migrations.RunPython(name_first_applications, migrations.RunPython.noop),
    ]
