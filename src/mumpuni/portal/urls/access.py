"""Addresses of accounts, members, organisations, tokens, policies and the audit trail.

The pages stand here because the page toolkit stands above the package `access`.
"""

from django.urls import path

from mumpuni.access import queries
from mumpuni.portal import readings
from mumpuni.portal.views import accounts, members, organisations, policies, tokens, trail
from mumpuni.web.steps import step_page

app_name = "access"
urlpatterns = [
    path("", accounts.account, name="account"),
    path("ubah/", accounts.edit, name="account-edit"),
    path("identitas/", accounts.identity, name="identity"),
    path("ganti/", accounts.switch, name="switch"),
    path("token/", tokens.tokens, name="tokens"),
    path("token/baru/", tokens.make, name="token-make"),
    path("token/<int:pk>/", tokens.token, name="token"),
    path("token/<int:pk>/langkah/<slug:name>", step_page(queries.tokens), name="token-step"),
    path("anggota/", members.members, name="members"),
    path("anggota/<int:pk>/", members.member, name="member"),
    path("anggota/<int:pk>/langkah/<slug:name>", step_page(queries.members), name="member-step"),
    path("lembaga/", organisations.organisations, name="organisations"),
    path("lembaga/baru/", organisations.register, name="organisation-register"),
    path("lembaga/<int:pk>/", organisations.organisation, name="organisation"),
    path("lembaga/<int:pk>/ubah/", organisations.edit, name="organisation-edit"),
    path("lembaga/<int:pk>/undang/", members.invite, name="invite"),
    path("kebijakan/", policies.policies, name="policies"),
    path("kebijakan/nilai/<int:pk>/", policies.value, name="policy-value"),
    path(
        "kebijakan/nilai/<int:pk>/langkah/<slug:name>",
        step_page(readings.policy_values),
        name="policy-value-step",
    ),
    path("kebijakan/<str:policy>/", policies.policy, name="policy"),
    path("kebijakan/<str:policy>/ubah/", policies.set_value, name="policy-set"),
    path("jejak/", trail.trail, name="trail"),
]
