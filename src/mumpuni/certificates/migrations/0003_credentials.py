

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('assessment', '0001_initial'),
        ('certificates', '0002_verification_receipt'),
        ('credentials', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='credential', serialize=False, to='certificates.certificate')),
                ('signed_at', models.DateTimeField()),
                ('rdfc_signature', models.BinaryField()),
                ('jcs_signature', models.BinaryField()),
                ('jwt_signature', models.BinaryField()),
                ('digest', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='CredentialTemplate',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='IssueRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('reason', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='certificate',
            name='status_index',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='certificate',
            name='status_list',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.statuslist'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('status_list', 'status_index'), name='certificate_status_place_once'),
        ),
        migrations.AddField(
            model_name='credential',
            name='jwt_key',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.signingkey'),
        ),
        migrations.AddField(
            model_name='credential',
            name='key',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.signingkey'),
        ),
        migrations.AddField(
            model_name='credential',
            name='template',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.credentialtemplate'),
        ),
        migrations.AddField(
            model_name='issuerefusal',
            name='candidate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assessment.candidate'),
        ),
        migrations.AddField(
            model_name='issuerefusal',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='certificates.certificaterequest'),
        ),
        migrations.AddConstraint(
            model_name='issuerefusal',
            constraint=models.UniqueConstraint(fields=('request', 'candidate'), name='issue_refusal_once'),
        ),
    ]
