
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_surveillance_officer'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('authority_admin', 'Administrator BNSP'), ('desk_coordinator', 'Koordinator bidang BNSP'), ('licensing_officer', 'Staf lisensi BNSP'), ('licensing_assessor', 'Asesor lisensi'), ('surveillance_officer', 'Staf surveilans BNSP'), ('plenary_member', 'Anggota pleno BNSP'), ('law_officer', 'Staf hukum BNSP'), ('appeal_member', 'Anggota komite banding BNSP'), ('scheme_verifier', 'Verifikator skema'), ('reference_author', 'Penyusun skema acuan BNSP'), ('registrar', 'Registrar asesor BNSP'), ('certification_officer', 'Staf sertifikasi BNSP'), ('auditor', 'Auditor'), ('body_admin', 'Administrator LSP'), ('body_scheme_author', 'Komite skema LSP'), ('body_decider', 'Pleno LSP'), ('individual', 'Perseorangan'), ('system', 'Sistem')], max_length=32, verbose_name='peran'),
        ),
    ]
