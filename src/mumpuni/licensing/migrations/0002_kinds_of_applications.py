from zoneinfo import ZoneInfo

import django.db.models.deletion
import mumpuni.kernel.models
from django.db import migrations, models
from django.db.models.functions import TruncDate


def date_beginnings(apps, _schema):
    """Date what was begun before on the day its row was made."""
    applications = apps.get_model('licensing', 'LicenceApplication').objects
    applications.update(begun_on=TruncDate('created_at', tzinfo=ZoneInfo('Asia/Jakarta')))


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='applicationdocument',
            name='carried_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='licensing.applicationdocument'),
        ),
        migrations.AddField(
            model_name='applicationscheme',
            name='action',
            field=models.CharField(choices=[('add', 'Ditambahkan'), ('drop', 'Dikeluarkan')], default='add', max_length=8, verbose_name='perubahan'),
        ),
        migrations.AddField(
            model_name='licenceapplication',
            name='begun_on',
            field=models.DateField(editable=False, null=True, verbose_name='dimulai pada'),
        ),
        migrations.RunPython(date_beginnings, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='licenceapplication',
            name='begun_on',
            field=models.DateField(editable=False, verbose_name='dimulai pada'),
        ),
        migrations.AddField(
            model_name='licenceapplication',
            name='needs_assessment',
            field=models.BooleanField(default=True, help_text='Untuk ruang lingkup: tanpa asesmen penuh, dokumen yang lengkap langsung ke pleno.', verbose_name='memerlukan asesmen penuh'),
        ),
        migrations.AddField(
            model_name='licencescope',
            name='application',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='licensing.licenceapplication'),
        ),
        migrations.AddField(
            model_name='licencescope',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='licensing.licenceapplication'),
        ),
        migrations.AddField(
            model_name='licenceterm',
            name='application',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='licensing.licenceapplication'),
        ),
        migrations.AlterField(
            model_name='applicationdocument',
            name='kind',
            field=models.CharField(choices=[('legal_form', 'Bentuk hukum (akta atau SK pimpinan)'), ('support', 'Surat dukungan'), ('office', 'Bukti kantor'), ('organisation', 'Organisasi dan personel'), ('strategic_plan', 'Rencana strategis, program kerja, dan anggaran'), ('quality_manual', 'Panduan mutu dan prosedur'), ('schemes', 'Skema dan materi uji kompetensi'), ('assessors', 'Daftar asesor'), ('venues', 'Daftar TUK'), ('impartiality', 'Analisis ketidakberpihakan'), ('it_processing', 'Bukti pengolahan data dengan teknologi informasi'), ('cooperation', 'Kerja sama'), ('self_assessment', 'Evaluasi diri'), ('performance', 'Laporan kinerja selama masa lisensi'), ('new_schemes', 'Skema dan materi uji kompetensi yang berubah'), ('change_basis', 'Dasar perubahan data')], max_length=20, verbose_name='jenis dokumen'),
        ),
        migrations.AlterField(
            model_name='licenceapplication',
            name='kind',
            field=models.CharField(choices=[('new', 'Lisensi baru'), ('renewal', 'Relisensi'), ('scope', 'Penambahan atau penyesuaian ruang lingkup'), ('change', 'Perubahan data')], default='new', max_length=16, verbose_name='jenis permohonan'),
        ),
        migrations.AlterField(
            model_name='licenceapplication',
            name='state',
            field=mumpuni.kernel.models.StateField(choices=[('draft', 'Draf'), ('submitted', 'Diajukan'), ('document_verification', 'Verifikasi dokumen'), ('returned', 'Perbaikan dokumen'), ('full_assessment', 'Asesmen penuh'), ('witness', 'Penyaksian uji'), ('plenary', 'Pleno'), ('granted', 'Disetujui'), ('refused', 'Ditolak'), ('withdrawn', 'Ditarik'), ('lapsed', 'Kedaluwarsa')], db_index=True, default='draft', editable=False, max_length=32, verbose_name='status'),
        ),
        migrations.CreateModel(
            name='EndingReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_until', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='licensing.licence')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('licence', 'valid_until', 'days'), name='ending_reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'Nama LSP'), ('address', 'Alamat'), ('region', 'Wilayah kantor'), ('email', 'Surel'), ('phone', 'Telepon'), ('website', 'Laman'), ('founder_name', 'Nama lembaga pembentuk'), ('sector_code', 'Kode sektor')], max_length=16, verbose_name='data')),
                ('value', models.TextField(blank=True, verbose_name='menjadi')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='licensing.licenceapplication')),
            ],
            options={
                'ordering': ['application_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'field'), name='proposed_change_once')],
            },
        ),
    ]
