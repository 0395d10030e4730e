"""Addresses."""

from django.urls import path

from mumpuni.oversight import queries
from mumpuni.oversight.views import appeals, cases, lists, obligations
from mumpuni.web.steps import step_page

app_name = "oversight"
urlpatterns = [
    path("sanksi/", lists.cases, name="cases"),
    path("sanksi/usulkan", cases.propose, name="propose"),
    path("sanksi/<int:pk>/", cases.case, name="case"),
    path("sanksi/<int:pk>/usulan", cases.proposal, name="proposal"),
    path("sanksi/<int:pk>/terdampak", cases.rulings, name="rulings"),
    path("sanksi/<int:pk>/telaah", cases.opinion, name="opinion"),
    path("sanksi/<int:pk>/tanggapan", cases.answer, name="answer"),
    path("sanksi/<int:pk>/sk", cases.decree, name="decree"),
    path("sanksi/<int:pk>/kewajiban", obligations.prepare, name="prepare-obligation"),
    path("sanksi/<int:pk>/langkah/<slug:name>", step_page(queries.case_in_full), name="case-step"),
    path("kewajiban/", lists.obligations, name="obligations"),
    path("kewajiban/<int:pk>/", obligations.obligation, name="obligation"),
    path("kewajiban/<int:pk>/ubah", obligations.amend, name="amend-obligation"),
    path("kewajiban/<int:pk>/pemenuhan", obligations.fulfil, name="fulfil"),
    path("kewajiban/<int:pk>/bukti/<int:file>", obligations.file, name="file"),
    path(
        "kewajiban/<int:pk>/bukti/<int:file>/tarik", obligations.withdraw_file, name="withdraw-file"
    ),
    path(
        "kewajiban/<int:pk>/langkah/<slug:name>",
        step_page(queries.obligation_in_full),
        name="obligation-step",
    ),
    path("banding/", lists.appeals, name="appeals"),
    path("banding/ajukan/<str:kind>/<int:pk>", appeals.file, name="file-appeal"),
    path("banding/<int:pk>/", appeals.appeal, name="appeal"),
    path("banding/<int:pk>/alasan", appeals.grounds, name="grounds"),
    path(
        "banding/<int:pk>/langkah/<slug:name>",
        step_page(queries.appeal_in_full),
        name="appeal-step",
    ),
]
