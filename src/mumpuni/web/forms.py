"""Forms: how they are drawn, and the one function behind every page that has one.

    @page
    def edit(request, pk):
        licence = get_object_or_404(queries.licences(request.person), pk=pk)
        form = LicenceForm(request.POST or None, request.FILES or None, instance=licence)

        def save(given):
            workflow.amend(licence, given, request.person, at=timezone.now())
            return licence.get_absolute_url()

        return answer_form(request, form, save, title=_("Ubah lisensi"), back=…)

Rows of the same kind are a formset; `web/form.html` draws it as it draws a form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.forms import BaseForm, BaseFormSet, DateField, DateInput, Form
from django.forms.renderers import DjangoTemplates
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrOrPromise

    type Shown = BaseForm | BaseFormSet[Any]


class FormRenderer(DjangoTemplates):
    """`{{ form }}` draws fieldsets of field groups; `{{ field.as_field_group }}` draws one."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "web/forms/formset.html"
    field_template_name = "web/forms/field.html"


class DayInput(DateInput):
    """A box that browsers answer with a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayForm(Form):
    """The day that a page is asked about, `?on=2024-12-07`; today unless one is given."""

    on = DateField(label=_("Status pada tanggal"), widget=DayInput)

    def __init__(self, request: HttpRequest) -> None:
        self.today = timezone.localdate()
        asked = request.GET if "on" in request.GET else None
        super().__init__(asked, initial={"on": self.today})

    @property
    def day(self) -> date:
        """The day asked about."""
        day: date = self.cleaned_data["on"] if self.is_valid() else self.today
        return day


def answer_form(
    request: HttpRequest,
    form: Shown,
    save: Callable[[Any], str],
    *,
    title: _StrOrPromise,
    template: str = "web/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form, or save it and go to the address that `save` returns.

    `save` is given the cleaned data (of a formset: of the rows that are filled and not deleted), in
    one transaction. What is wrong, or what the verbs refuse, stands beside the fields as they were
    typed, with status 422.
    """
    sent = request.method == "POST"
    if sent and form.is_valid():
        try:
            with transaction.atomic():
                return redirect(save(_given(form)))
        except Refused as refused:
            context["refused"] = show_refusal(form, refused)
    context |= {"title": title, "form": form}
    return render(request, template, context, status=422 if sent else 200)


def show_refusal(form: Shown, refused: Refused) -> Refused | None:
    """Put a refusal beside the fields it names; return it where it names none of this form."""
    if isinstance(form, BaseFormSet) or not set(refused.fields) & set(form.fields):
        return refused
    for name, problems in refused.fields.items():
        for problem in problems:
            form.add_error(name if name in form.fields else None, problem)
    return None


def _given(form: Shown) -> Any:
    if not isinstance(form, BaseFormSet):
        return form.cleaned_data
    return [row for row in form.cleaned_data if row and not row.get("DELETE")]
