"""How long the pages about 100,000 applications of 10,000 bodies take, and how many queries.

    .venv/bin/python benchmarks/list_applications.py [BODIES [APPLICATIONS]]

Lists, filters, searches by name and the page of one case, as an officer of the authority sees them,
through all of Django. Ends with 1 when a page takes longer than the aim or
asks too much of the database.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import bench
import nation

if TYPE_CHECKING:
    from django.test import Client

BODIES, APPLICATIONS = 10_000, 100_000
ROUNDS = 7
MOST_QUERIES, MOST_SECONDS = 12, 0.2
FILL = """
CREATE TEMPORARY TABLE application AS
SELECT place, %(before)s + 1 + mod(place, %(bodies)s) AS body,
    CASE WHEN mod(place, 20) = 0 AND place / %(bodies)s = 0 THEN 'document_verification'
        WHEN mod(place, 20) = 1 THEN 'refused' ELSE 'granted' END AS state,
    CASE mod(place / %(bodies)s, 3) WHEN 0 THEN 'change' WHEN 1 THEN 'scope' ELSE 'renewal' END AS kind,
    current_date - 1 - mod(place / 50, 1800)::int AS came_on
FROM generate_series(1::bigint, %(applications)s::bigint) AS place;

INSERT INTO licensing_licenceapplication
    (id, created_at, state, organisation_id, kind, body_type, founder_kind, founder_name,
     candidate_group, sector_code, needs_assessment, decree_number, begun_on, submitted_on,
     decided_on)
SELECT place, came_on, state, body, kind, 'p3', 'association', 'Asosiasi ' || body, 'sector',
    'TIK', true, '', came_on, came_on, CASE WHEN state <> 'document_verification' THEN came_on + 60 END
FROM application;

INSERT INTO licensing_applicationdocument
    (application_id, kind, file, file_name, size, sha256, uploaded_at, verdict, remark)
SELECT place, paper, 'x.pdf', 'x.pdf', 1000, repeat('0', 64), came_on, 'accepted', ''
FROM application, unnest(ARRAY['legal_form', 'office', 'quality_manual']) AS paper;

INSERT INTO kernel_event
    (at, actor, actor_name, subject, subject_id, step, label, before, after, note, changes)
SELECT came_on + nth * interval '20 days', 'system', 'Sistem', 'licensing.licenceapplication', place,
    step, step, '', state, '', '{}'
FROM application, unnest(ARRAY['begin', 'submit', 'verify', 'grant']) WITH ORDINALITY AS s(step, nth);

INSERT INTO kernel_task
    (created_at, case_kind, case_id, state, title, waits_in, permission, opened_at, due_on)
SELECT came_on, 'licensing.licenceapplication', place, 'open', 'Permohonan ' || place, state,
    'licence.examine', came_on, came_on + 20
FROM application WHERE state = 'document_verification';

ANALYZE;
"""


def main() -> int:
    """Fill, look at each page, tell the slowest and the greediest."""
    bodies, applications = bench.numbers(BODIES, APPLICATIONS)
    with bench.database("list_applications"):
        nation.found(bodies)
        bench.do(FILL % {"before": nation.BEFORE, "bodies": bodies, "applications": applications})
        return report(applications)


def report(applications: int) -> int:
    from django.test import Client  # noqa: PLC0415 - needs the settings

    from mumpuni.access.models import Organisation  # noqa: PLC0415 - needs the settings
    from mumpuni.access.roles import Role  # noqa: PLC0415 - needs the settings
    from mumpuni.access.tests import make  # noqa: PLC0415 - needs the settings

    client = Client()
    client.force_login(make.member(Role.LICENSING_OFFICER))
    name = Organisation.objects.get(pk=nation.BEFORE + 77).name.split()[3]
    pages = {
        "applications": "/lisensi/permohonan/",
        "applications that wait": "/lisensi/permohonan/menunggu",
        "applications by kind and state": "/lisensi/permohonan/?kind=scope&state=granted",
        "applications by a name": f"/lisensi/permohonan/?q={name}",
        "application": "/lisensi/permohonan/77/",
        "licences": "/lisensi/",
        "licences by a name": f"/lisensi/?q={name}",
        "inbox": "/tugas/",
        "bodies, public": f"/direktori/lsp/?q={name}",
    }
    held = []
    for label, address in pages.items():
        seconds, queries = cost(client, address)
        held += [
            bench.tell(
                f"{label}, of {applications:,}", 1 / seconds, "per second", least=1 / MOST_SECONDS
            ),
            bench.tell(
                f"{label}, queries left of twelve", MOST_QUERIES - queries, "queries", least=0
            ),
        ]
    return int(not all(held))


def cost(client: Client, address: str) -> tuple[float, int]:
    """Return the median time of a page in seconds, and its queries."""
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - needs the settings

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address  # noqa: PLR2004 - the page is there
    queries = len(asked)
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - began)
    return statistics.median(times), queries


if __name__ == "__main__":
    sys.exit(main())
