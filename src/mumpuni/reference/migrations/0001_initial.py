import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('subject', models.CharField(max_length=80, unique=True, verbose_name='objek')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('pattern', models.CharField(max_length=80, verbose_name='pola')),
                ('expression', models.CharField(max_length=120, verbose_name='ekspresi reguler')),
                ('sample', models.CharField(max_length=80, verbose_name='contoh')),
                ('parts', models.TextField(blank=True, verbose_name='komponen')),
                ('certainty', models.TextField(verbose_name='kepastian')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SatisfactionBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('perception', models.PositiveSmallIntegerField(unique=True, verbose_name='nilai persepsi')),
                ('lowest_mean', models.DecimalField(decimal_places=4, max_digits=6, verbose_name='nilai interval terendah')),
                ('highest_mean', models.DecimalField(decimal_places=4, max_digits=6, verbose_name='nilai interval tertinggi')),
                ('lowest_index', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='nilai konversi terendah')),
                ('highest_index', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='nilai konversi tertinggi')),
                ('grade', models.CharField(max_length=1, verbose_name='mutu pelayanan')),
                ('verdict', models.CharField(max_length=40, verbose_name='kinerja unit pelayanan')),
            ],
            options={
                'ordering': ['perception'],
            },
        ),
        migrations.CreateModel(
            name='SatisfactionElement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='unsur')),
                ('code', models.CharField(max_length=4, verbose_name='kode')),
                ('weight', models.CharField(max_length=8, verbose_name='bobot')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='DatasetRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='kunci')),
                ('version', models.CharField(max_length=120, verbose_name='versi')),
                ('source', models.TextField(verbose_name='sumber')),
                ('licence', models.TextField(verbose_name='lisensi')),
                ('sha256', models.CharField(max_length=64)),
                ('row_count', models.PositiveIntegerField(verbose_name='jumlah baris')),
                ('loaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dimuat pada')),
            ],
            options={
                'ordering': ['key', '-loaded_at'],
                'constraints': [models.UniqueConstraint(fields=('key', 'version', 'sha256'), name='dataset_release_recorded_once')],
            },
        ),
        migrations.CreateModel(
            name='InstrumentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('muk_version', models.CharField(max_length=8, verbose_name='versi MUK')),
                ('code', models.CharField(max_length=16, verbose_name='kode')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('group', models.CharField(max_length=16, verbose_name='kelompok')),
                ('phase', models.CharField(max_length=40, verbose_name='fase')),
                ('filled_by', models.CharField(max_length=200, verbose_name='pengisi')),
                ('signed_by', models.CharField(max_length=200, verbose_name='penanda tangan')),
                ('content', models.TextField(verbose_name='isi pokok')),
                ('used_when', models.TextField(verbose_name='dipakai bila')),
                ('certainty', models.TextField(verbose_name='kepastian')),
            ],
            options={
                'ordering': ['muk_version', 'position'],
                'constraints': [models.UniqueConstraint(fields=('muk_version', 'code'), name='instrument_form_once_per_version')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('body', models.CharField(max_length=80, verbose_name='badan')),
                ('title', models.CharField(max_length=160, verbose_name='jabatan')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('body', 'title'), name='post_once_per_body')],
            },
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('number', models.CharField(blank=True, max_length=16, verbose_name='nomor pedoman')),
                ('title', models.CharField(max_length=300, verbose_name='judul')),
                ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('latest_basis', models.CharField(blank=True, max_length=120, verbose_name='dasar terakhir diketahui')),
                ('earlier_basis', models.CharField(blank=True, max_length=120, verbose_name='dasar sebelumnya')),
                ('cited_for', models.TextField(blank=True, verbose_name='disebut untuk')),
                ('certainty', models.CharField(max_length=120, verbose_name='kepastian')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('number', 'title'), name='regulation_once')],
            },
        ),
        migrations.CreateModel(
            name='ClassificationCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('system', models.CharField(choices=[('kbli', 'KBLI (lapangan usaha)'), ('kbji', 'KBJI (jabatan)'), ('kkni', 'KKNI (jenjang kualifikasi)')], max_length=4, verbose_name='klasifikasi')),
                ('version', models.CharField(max_length=8, verbose_name='versi')),
                ('code', models.CharField(max_length=8, verbose_name='kode')),
                ('level', models.PositiveSmallIntegerField(verbose_name='tingkat')),
                ('level_name', models.CharField(max_length=40, verbose_name='nama tingkat')),
                ('title', models.CharField(max_length=300, verbose_name='judul')),
                ('attributes', models.JSONField(default=dict, verbose_name='keterangan')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='reference.classificationcode', verbose_name='bagian dari')),
            ],
            options={
                'ordering': ['system', 'version', 'code'],
                'indexes': [models.Index(fields=['system', 'version', 'level'], name='classification_by_level'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), name='gin_trgm_ops'), django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('code'), name='gin_trgm_ops'), name='classification_trigrams', fastupdate=False)],
                'constraints': [models.UniqueConstraint(fields=('system', 'version', 'code'), name='classification_code_once_per_version')],
            },
        ),
        migrations.CreateModel(
            name='OfficeHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('printed_term', models.CharField(blank=True, max_length=80, verbose_name='masa tercetak')),
                ('valid_from', models.DateField(null=True, verbose_name='mulai')),
                ('valid_until', models.DateField(null=True, verbose_name='sampai')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='reference.post', verbose_name='jabatan')),
            ],
            options={
                'ordering': ['post_id', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('post', 'name', 'printed_term'), name='office_holding_once'), models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='office_holding_period', violation_error_message='Masa jabatan berakhir sebelum dimulai.')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('current', models.BooleanField(default=True, verbose_name='masih berlaku')),
                ('code', models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name='kode')),
                ('level', models.CharField(choices=[('province', 'Provinsi'), ('regency', 'Kabupaten/kota'), ('district', 'Kecamatan')], max_length=8, verbose_name='tingkat')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('other_name', models.CharField(blank=True, max_length=120, verbose_name='nama lain')),
                ('latitude', models.FloatField(null=True, verbose_name='lintang')),
                ('longitude', models.FloatField(null=True, verbose_name='bujur')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='reference.region', verbose_name='bagian dari')),
            ],
            options={
                'ordering': ['code'],
                'indexes': [models.Index(fields=['level', 'name'], name='region_by_level'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'), django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('other_name'), name='gin_trgm_ops'), django.contrib.postgres.indexes.OpClass('code', name='gin_trgm_ops'), name='region_trigrams', fastupdate=False)],
            },
        ),
    ]
