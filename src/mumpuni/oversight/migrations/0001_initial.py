import django.core.validators
import django.db.models.deletion
import mumpuni.kernel.models
import mumpuni.oversight.models.obligations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0002_desk_coordinator'),
        ('licensing', '0003_applications_of_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuat')),
                ('case_kind', models.CharField(max_length=64)),
                ('case_id', models.BigIntegerField()),
                ('state', mumpuni.kernel.models.StateField(choices=[('prepared', 'Disiapkan'), ('open', 'Menunggu pemenuhan'), ('submitted', 'Pemenuhan diajukan'), ('fulfilled', 'Dipenuhi'), ('waived', 'Dibebaskan'), ('discarded', 'Dibuang')], db_index=True, default='prepared', editable=False, max_length=32, verbose_name='status')),
                ('kind', models.CharField(choices=[('statement', 'Surat pernyataan bermeterai'), ('return_blanks', 'Pengembalian blangko kosong'), ('evidence', 'Penyerahan bukti'), ('surveillance', 'Menerima surveilans'), ('training', 'Pelatihan'), ('other', 'Lainnya')], max_length=16, verbose_name='jenis kewajiban')),
                ('text', models.TextField(max_length=5000, verbose_name='isi kewajiban')),
                ('days', models.PositiveSmallIntegerField(help_text='Dihitung sejak kewajiban berlaku.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='jangka waktu (hari)')),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='tenggat')),
                ('report', models.TextField(blank=True, max_length=5000, verbose_name='uraian pemenuhan')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='access.organisation', verbose_name='LSP')),
            ],
            options={
                'verbose_name': 'kewajiban',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ObligationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to=mumpuni.oversight.models.obligations.place_of_file, verbose_name='berkas')),
                ('file_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=32)),
                ('size', models.PositiveIntegerField(verbose_name='ukuran')),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='ditarik')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='oversight.obligation')),
            ],
            options={
                'ordering': ['obligation_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SanctionCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuat')),
                ('state', mumpuni.kernel.models.StateField(choices=[('proposed', 'Usulan'), ('review', 'Telaah hukum'), ('hearing', 'Tanggapan LSP'), ('plenary', 'Pleno'), ('decreed', 'Ditetapkan'), ('dropped', 'Tidak dilanjutkan')], db_index=True, default='proposed', editable=False, max_length=32, verbose_name='status')),
                ('kind', models.CharField(choices=[('warning', 'Peringatan'), ('freeze', 'Pembekuan'), ('revocation', 'Pencabutan'), ('lifting', 'Pencairan')], max_length=16, verbose_name='jenis perkara')),
                ('ground', models.CharField(blank=True, choices=[('inactive', 'Tidak aktif melaksanakan sertifikasi'), ('grave_breach', 'Pelanggaran berat'), ('misprint', 'Kesalahan pencetakan sertifikat'), ('standard', 'Tidak memenuhi standar BNSP'), ('remedied', 'Pelanggaran sudah diperbaiki'), ('other', 'Lainnya')], max_length=16, verbose_name='dasar')),
                ('reason', models.TextField(blank=True, max_length=20000, verbose_name='uraian alasan')),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='Untuk pembekuan. Pembekuan berakhir hanya dengan keputusan pencairan.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='lama (bulan)')),
                ('opinion', models.TextField(blank=True, max_length=20000, verbose_name='telaah hukum')),
                ('urgency', models.TextField(blank=True, help_text='Diisi hanya jika LSP tidak dapat didengar lebih dahulu.', max_length=20000, verbose_name='alasan mendesak')),
                ('heard_from', models.DateField(editable=False, null=True, verbose_name='tanggapan diminta')),
                ('answer', models.TextField(blank=True, max_length=20000, verbose_name='tanggapan LSP')),
                ('decree_number', models.CharField(blank=True, max_length=64, verbose_name='nomor SK')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='berlaku mulai')),
                ('early_reason', models.TextField(blank=True, help_text='Diisi hanya jika SK berlaku sebelum hari penetapannya.', max_length=20000, verbose_name='alasan berlaku mundur')),
                ('decreed_on', models.DateField(editable=False, null=True, verbose_name='ditetapkan pada')),
                ('simulated', models.BooleanField(default=False, editable=False, verbose_name='data simulasi')),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='licensing.licence', verbose_name='lisensi')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanction_cases', to='access.organisation', verbose_name='LSP')),
                ('sanction', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='licensing.sanction', verbose_name='sanksi')),
            ],
            options={
                'verbose_name': 'perkara sanksi',
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('sessions', 'Jadwal asesmen yang belum selesai'), ('decisions', 'Asesi yang menunggu keputusan pleno LSP'), ('requests', 'Permohonan sertifikat yang belum terbit'), ('blanks', 'Sertifikat terbit yang blangkonya belum dicetak'), ('certificates', 'Sertifikat yang berlaku')], max_length=16, verbose_name='yang terdampak')),
                ('count', models.PositiveIntegerField(verbose_name='banyaknya')),
                ('fate', models.CharField(choices=[('finish', 'Diselesaikan'), ('transfer', 'Dialihkan ke LSP lain'), ('stop', 'Dihentikan'), ('keep', 'Tetap berlaku')], max_length=16, verbose_name='putusan')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rulings', to='oversight.sanctioncase')),
            ],
            options={
                'ordering': ['case_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuat')),
                ('case_kind', models.CharField(max_length=64)),
                ('case_id', models.BigIntegerField()),
                ('state', mumpuni.kernel.models.StateField(choices=[('filed', 'Diajukan'), ('committee', 'Di komite banding'), ('upheld', 'Dikabulkan'), ('dismissed', 'Ditolak'), ('withdrawn', 'Dicabut pemohon')], db_index=True, default='filed', editable=False, max_length=32, verbose_name='status')),
                ('title', models.CharField(editable=False, max_length=300, verbose_name='keputusan yang dibanding')),
                ('grounds', models.TextField(max_length=20000, verbose_name='alasan banding')),
                ('filed_on', models.DateField(editable=False, verbose_name='diajukan pada')),
                ('decided_on', models.DateField(editable=False, null=True, verbose_name='diputus pada')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='access.organisation', verbose_name='LSP')),
            ],
            options={
                'verbose_name': 'banding',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('case_kind', 'case_id'), name='appeal_once', violation_error_message='Keputusan ini sudah dibanding.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['upheld', 'dismissed']), _negated=True), ('decided_on__isnull', False), _connector='OR'), name='appeal_decided_has_day')],
            },
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['case_kind', 'case_id'], name='obligation_of_case'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(fields=['state', 'due_on'], name='obligation_by_due_day'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'discarded']), ('due_on__isnull', False), _connector='OR'), name='obligation_in_force_has_due_day'),
        ),
        migrations.AddIndex(
            model_name='sanctioncase',
            index=models.Index(fields=['kind', 'effective_on'], name='sanction_case_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='sanctioncase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decreed'), _negated=True), models.Q(('decree_number__gt', ''), ('decreed_on__isnull', False), ('effective_on__isnull', False)), _connector='OR'), name='sanction_case_decreed_has_decree'),
        ),
        migrations.AddConstraint(
            model_name='sanctioncase',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'review', 'hearing', 'plenary'])), fields=('licence',), name='sanction_case_one_open', violation_error_message='Masih ada perkara lain tentang lisensi ini.'),
        ),
        migrations.AddConstraint(
            model_name='sanctioncase',
            constraint=models.UniqueConstraint(condition=models.Q(('decree_number__gt', '')), fields=('decree_number',), name='sanction_case_decree_once', violation_error_message='Nomor SK ini sudah dipakai perkara lain.'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.UniqueConstraint(fields=('case', 'group'), name='ruling_once'),
        ),
    ]
