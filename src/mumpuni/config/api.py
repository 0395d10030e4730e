"""The API: every package's router under one roof."""

from mumpuni.api.auth import TokenAuth
from mumpuni.api.description import DescribedAPI
from mumpuni.api.problems import answer_with_problems, elsewhere
from mumpuni.assessment.api import router as assessment
from mumpuni.assessors.api import router as assessors
from mumpuni.casework.api import router as casework
from mumpuni.certificates.api import router as certificates
from mumpuni.credentials.api import router as credentials
from mumpuni.licensing.api import router as licensing
from mumpuni.oversight.api import router as oversight
from mumpuni.plenary.api import router as plenary
from mumpuni.portal.api import router as portal
from mumpuni.reference.api import router as reference
from mumpuni.schemes.api import router as schemes
from mumpuni.surveillance.api import router as surveillance
from mumpuni.visits.api import router as visits

api = DescribedAPI(
    title="Mumpuni",
    version="1",
    description="Sertifikasi kompetensi kerja. Token: Authorization: Bearer.",
    auth=TokenAuth(),
    docs_url=None,
    urls_namespace="api",
)
answer_with_problems(api)
for tag, router in {
    "portal": portal,
    "reference": reference,
    "schemes": schemes,
    "casework": casework,
    "visits": visits,
    "plenary": plenary,
    "licensing": licensing,
    "assessors": assessors,
    "assessment": assessment,
    "certificates": certificates,
    "surveillance": surveillance,
    "oversight": oversight,
    "credentials": credentials,
}.items():
    api.add_router("", router, tags=[tag])
api.add_router("", elsewhere)
