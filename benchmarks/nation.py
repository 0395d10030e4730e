"""A nation of simulated records, made inside the database: bodies, sessions, certificates.

Every organisation, person and certificate is marked `simulated`. A row's key is its place in its
table plus `BEFORE`, so that rows can name each other; the database is to be dropped afterwards.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BODIES = 2_339
UNITS = 6
BEFORE = 1_000
NAMES = Path(__file__).parents[1] / "src/mumpuni/simulation/names.json"

# a name of three parts of which the last is made of syllables, so that there are very many
MAKE_NAME = """
CREATE FUNCTION pg_temp.made_name(place bigint) RETURNS text LANGUAGE sql AS $$
    SELECT (%(first)s::text[])[1 + mod(place * 7, %(firsts)s)] || ' '
        || (%(middle)s::text[])[1 + mod(place * 11 / 26, %(middles)s)] || ' '
        || initcap(
            syllables[1 + mod(place * 13, 24)]
            || syllables[1 + mod(place / 24 * 17, 24)]
            || syllables[1 + mod(place / 576 * 5, 24)])
    FROM (SELECT string_to_array(
        'ba,bra,ca,cak,da,dar,ga,gan,ha,han,ja,jar,ka,kus,la,lin,ma,man,na,nu,pra,ra,sa,ti', ','
    ) AS syllables) AS parts
$$
"""

# every body has a licence of two terms, a place to assess, and one scheme; one in fifty is frozen
FOUND = """
INSERT INTO schemes_competencystandard
    (key, kind, status, decree_kind, number, year, title, category_letter, category_name,
     major_group, field, subfield, source)
VALUES ('skkni-1-2020', 'skkni', 'in_force', '', '1', 2020, 'Simulasi', '', '', '', 'Simulasi', '',
    '');

INSERT INTO schemes_competencyunit
    (id, standard_id, position, code, printed_code, title, description, abridged)
SELECT place, 'skkni-1-2020', place, 'J.620100.00' || place || '.01', '',
    'Mengerjakan hal nomor ' || place, '', false
FROM generate_series(1, %(units)s) AS place;

CREATE TEMPORARY TABLE body AS
SELECT place, 'LSP ' || pg_temp.made_name(place) || ' ' || place AS name,
    CASE WHEN mod(place, 50) = 0 THEN 'frozen' ELSE 'active' END AS state
FROM generate_series(%(before)s + 1, %(before)s + %(bodies)s) AS place;

INSERT INTO access_organisation
    (id, created_at, state, kind, name, code, email, phone, website, address, simulated)
SELECT place, now(), 'registered', 'certification_body', name, place::text, '', '', '', '', true
FROM body;

INSERT INTO licensing_licence
    (id, created_at, state, number, ordinal, body_type, founder_kind, founder_name,
     candidate_group, sector_code, simulated, source, organisation_id)
SELECT place, now(), state, 'BNSP-LSP-' || place || '-ID', place, 'p3', 'association', 'Asosiasi',
    'sector', 'TIK', true, 'benchmark', place
FROM body;

INSERT INTO licensing_licenceterm (decree_number, valid_from, valid_until, licence_id)
SELECT 'KEP.' || place || '.' || term, current_date - 2100 + 1095 * term,
    current_date - 2100 + 1095 * (term + 1) - 1, place
FROM body, generate_series(0, 1) AS term;

INSERT INTO licensing_sanction
    (kind, decree_number, effective_on, months, reason, imposed_at, lifting_note, licence_id)
SELECT 'freeze', 'KEP.S.' || place, current_date - 100, 6, 'Simulasi', now(), '', place
FROM body WHERE state = 'frozen';

INSERT INTO schemes_scheme (id, kind, number, organisation_id)
SELECT place, '3', 'SKM/' || place, place FROM body;

INSERT INTO schemes_schemeversion
    (id, created_at, state, version, title, title_en, purpose, requirements, kkni_level,
     sector_category, validity_months, submitted_on, verified_on, source, count_in_year,
     volume_reason, scheme_id)
SELECT place, now(), 'verified', 1, 'Skema ' || pg_temp.made_name(place), '', '', '',
    1 + mod(place, 9), '', 36, current_date - 2000, current_date - 1900, '', 1, '', place
FROM body;

INSERT INTO schemes_schemeunit (position, part, unit_id, scheme_version_id)
SELECT position, 'core', position, place FROM body, generate_series(1, %(units)s) AS position;

INSERT INTO licensing_licencescope (valid_from, licence_id, scheme_version_id)
SELECT current_date - 1900, place, place FROM body;

INSERT INTO assessment_venue
    (id, created_at, state, name, code, kind, keeper, address, organisation_id)
SELECT place, now(), 'open', 'TUK ' || place, 'TUK-' || place, 'temporary', 'Simulasi', '', place
FROM body;
"""

# closed sessions of competent candidates, the latest yesterday, each with a request that waits
HOLD_SESSIONS = """
DROP TABLE IF EXISTS pg_temp.held, pg_temp.people;

CREATE TEMPORARY TABLE held AS
SELECT place, %(before)s + 1 + mod(place, %(bodies)s) AS body,
    current_date - 1 - mod(place / %(bodies)s, 1800)::int AS held_on
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS place;

CREATE TEMPORARY TABLE people AS
SELECT place * %(size)s + nth AS key, held.*,
    pg_temp.made_name(place * %(size)s + nth) AS name
FROM held, generate_series(0, %(size)s - 1) AS nth;

INSERT INTO assessment_session
    (id, created_at, state, number, held_on, quota, organisation_id, scheme_version_id, venue_id)
SELECT place, held_on - 30, 'closed', 'JA/' || body || '/' || place, held_on, %(size)s, body, body,
    body
FROM held;

INSERT INTO access_individual
    (id, name, document_kind, document_number, document_index, born_in, sex, email, phone, address,
     simulated)
SELECT key, name, 'nik', %(sealed)s, key::text, '', 'female', '', '', '', true FROM people;

INSERT INTO assessment_candidate
    (id, created_at, state, purpose, affiliation, education, occupation, evidence, recommendation,
     recommended_at, decided_at, decision_note, individual_id, session_id)
SELECT key, held_on - 20, 'competent', 'certification', 'none', '', '', '', 'K', held_on, held_on,
    '', key, place
FROM people;

INSERT INTO certificates_certificaterequest
    (id, created_at, state, minutes_number, organisation_id, session_id)
SELECT place, held_on, 'submitted', 'BA-' || place, body, place FROM held;
"""

# what the issue would have made of them, signatures aside; one in two hundred is suspended
CERTIFY = """
UPDATE certificates_certificaterequest AS request SET state = 'issued'
FROM held WHERE request.id = held.place;

INSERT INTO credentials_statuslist
    (id, year, number, revocation, suspension, message, stale, organisation_id)
SELECT body * 10000 + extract(year FROM held_on), extract(year FROM held_on), 1, '', '', '', false,
    body
FROM held ON CONFLICT DO NOTHING;

INSERT INTO certificates_certificate
    (id, created_at, state, public_id, number, registration_number, holder_name, scheme_number,
     scheme_title, scheme_title_en, scheme_version, field_name, kkni_level, units, body_name,
     licence_number, decided_on, issued_on, valid_until, simulated, document, document_sha256,
     candidate_id, organisation_id, request_id, status_list_id, status_index)
SELECT key, held_on, CASE WHEN mod(key, 200) = 0 THEN 'suspended' ELSE 'valid' END,
    translate(upper(substr(md5(key::text), 1, 16)), '0189', 'WXYZ'),
    '62010 2512 3 ' || to_char(key, 'FM00000000') || ' ' || extract(year FROM held_on),
    'TIK.' || body || '.' || to_char(mod(key, 100000), 'FM00000') || '.' || 2000 + key / 100000,
    name, 'SKM/' || body, 'Skema simulasi', '', 1, 'Simulasi', 3, %(listed)s::jsonb, 'LSP ' || body,
    'BNSP-LSP-' || body || '-ID', held_on, held_on, held_on + 1095, true, '', '', key, body, place,
    body * 10000 + extract(year FROM held_on), key
FROM people;

INSERT INTO certificates_credential
    (certificate_id, template_id, key_id, jwt_key_id, signed_at, rdfc_signature, jcs_signature,
     jwt_signature, digest)
SELECT key, 'simulasi', 1, 1, held_on, made, made, made, substr(made, 1, 32)
FROM people, (SELECT decode(repeat('ab', 64), 'hex') AS made) AS signature;

INSERT INTO kernel_event
    (at, actor, actor_name, subject, subject_id, step, label, before, after, note, changes)
SELECT held_on, 'system', 'Sistem', 'certificates.certificate', key, step.name, step.name,
    step.before, step.after, '', '{}'
FROM people, (VALUES ('begin', '', 'valid'), ('suspend', 'valid', 'suspended'))
    AS step (name, before, after)
WHERE step.name = 'begin' OR mod(key, 200) = 0;
"""


def found(bodies: int = BODIES) -> None:
    """Make bodies with licences and schemes."""
    _run(FOUND, bodies=bodies)


def hold_sessions(first: int, last: int, *, size: int, bodies: int = BODIES) -> None:
    """Make the sessions of these places, each of a body in turn, with requests for certificates."""
    _run(HOLD_SESSIONS, bodies=bodies, first=first, last=last, size=size)


def certify(first: int, last: int, *, size: int, bodies: int = BODIES) -> None:
    """Make the sessions of these places whose certificates are issued."""
    _run(HOLD_SESSIONS + CERTIFY, bodies=bodies, first=first, last=last, size=size)


def _run(statements: str, **volumes: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - needs the settings

    with transaction.atomic(), connection.cursor() as cursor:
        # references hold by construction, so the database need not look each of them up
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DROP FUNCTION IF EXISTS pg_temp.made_name")
        cursor.execute(MAKE_NAME, _parts_of_names())
        cursor.execute(statements, {**_facts(), **volumes})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _parts_of_names() -> dict[str, Any]:
    parts = json.loads(NAMES.read_text(encoding="utf-8"))
    first, middle = parts["female"] + parts["male"], parts["middle"]
    return {"first": first, "firsts": len(first), "middle": middle, "middles": len(middle)}


def _facts() -> dict[str, Any]:
    from mumpuni.kernel.secrecy import encrypt  # noqa: PLC0415 - needs the settings

    unit = {"code": "J.620100.001.01", "title": "Mengerjakan hal nomor 1"}
    return {
        "before": BEFORE,
        "units": UNITS,
        "sealed": encrypt("3174990101000001"),
        "listed": json.dumps([unit] * UNITS),
    }
