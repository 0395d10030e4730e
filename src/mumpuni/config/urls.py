"""Where everything is."""

from django.urls import include, path

from mumpuni.config.api import api

handler400 = "mumpuni.web.views.bad_request"
# the first that fits is taken, and programs ask most
urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("mumpuni.portal.urls")),
    path("", include("mumpuni.web.urls")),
    path("akun/", include("allauth.urls")),
    path("akses/", include("mumpuni.portal.urls.access")),
    path("rujukan/", include("mumpuni.reference.urls")),
    path("", include("mumpuni.schemes.urls")),
    path("tugas/", include("mumpuni.casework.urls")),
    path("d/", include("mumpuni.casework.urls.documents")),
    path("kunjungan/", include("mumpuni.visits.urls")),
    path("pleno/", include("mumpuni.plenary.urls")),
    path("lisensi/", include("mumpuni.licensing.urls")),
    path("asesor/", include("mumpuni.assessors.urls")),
    path("asesmen/", include("mumpuni.assessment.urls")),
    path("sertifikat/", include("mumpuni.certificates.urls")),
    path("surveilans/", include("mumpuni.surveillance.urls")),
    path("pengawasan/", include("mumpuni.oversight.urls")),
    path("kunci/", include("mumpuni.credentials.urls")),
    path("log/", include("mumpuni.transparency.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
