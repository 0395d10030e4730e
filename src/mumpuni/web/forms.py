"""How every form is drawn: labels, help, errors beside their fields."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """`{{ form }}` draws fieldsets of field groups; `{{ field.as_field_group }}` draws one."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
