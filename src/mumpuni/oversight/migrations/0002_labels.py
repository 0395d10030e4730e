import mumpuni.kernel.models
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sanctioncase',
            name='state',
            field=mumpuni.kernel.models.StateField(choices=[('proposed', 'Usulan'), ('review', 'Telaah hukum'), ('hearing', 'Tanggapan LSP'), ('plenary', 'Pleno'), ('decreed', 'SK ditetapkan'), ('dropped', 'Tidak dilanjutkan')], db_index=True, default='proposed', editable=False, max_length=32, verbose_name='status'),
        ),
    ]
