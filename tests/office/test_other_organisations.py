"""What a person reads is the same, letter by letter, whatever another organisation does."""

import re

from tests.office.conftest import Office
from tests.office.small import act, sign_small, verified

from guanzi.office.actions import perform
from guanzi.office.models import AppraisalRun, OfficeCase, Sitting

PAGES = (
    "/", "/cases/", "/cases/?format=csv", "/portfolio/", "/portfolio/charts/", "/portfolio/budget/", "/glance/",
    "/log/", "/log/?sort=entry&format=csv",
    "/scenes/", "/people/", "/search/?q=riverton", "/search/?q=deliveries", "/library/", "/api/log",
    "/api/cases", "/api/cases/riverton", "/api/cases/riverton/facts", "/api/cases/riverton/versions", "/api/me",
    "/cases/riverton/record.zip",
    *(f"/cases/riverton/{part}" for part in ("", "evidence/", "streams/", "panel/", "terms/",
                                             "watch/", "versions/", "timeline/", "watch/calendar.ics")),
)  # fmt: skip
CHANCE = re.compile(
    r'((?:csrfmiddlewaretoken|name="key)" value="|"X-CSRFToken": "|after=|"next": ?"|DTSTAMP:)[A-Za-z0-9_=-]+'
)
"""What is drawn anew for every answer: keys of forms, sealed places."""


def read(client, person, token):
    client.force_login(person)
    client.raise_request_exception = True
    told = {}
    for path in PAGES:
        heads = {"Authorization": f"Bearer {token}"} if path.startswith("/api/") else {}
        answer = client.get(path, headers=heads)
        told[path] = (answer.status_code, CHANCE.sub(r"\1", answer.content.decode("utf-8", "replace")))
    return told


def test_nothing_that_anybody_reads_changes_when_another_organisation_works(office, client):
    town = Office.make("town")
    sign_small(office)
    AppraisalRun.objects.update(advice="back")
    tokens = {}
    for person in (office.auditor, office.member):
        asked = {"name": "t", "scopes": ["read"]}
        tokens[person] = perform(person, "token.make", asked, "t").answer["token"]
    before = {person: read(client, person, token) for person, token in tokens.items()}
    assert before[office.auditor]["/cases/riverton/"][0] == 200

    sign_small(town)
    verified(town)
    act(town.manager, "watch.report", quarter="2026Q3", deliveries=100)
    perform(town.administrator, "person.invite", {"username": "new", "name": "New", "roles": ["chair"]}, "i")
    asked = {"title": "Ring", "owner": "Bus", "place": "L", "need": "N", "opens": "2026-01-01"}
    perform(town.lead, "scene.offer", asked, "s")
    assert OfficeCase.objects.count() == Sitting.objects.count() == 2

    for person, token in tokens.items():
        after = read(client, person, token)
        changed = [
            (path, diff(before[person][path], after[path])) for path in PAGES if after[path] != before[person][path]
        ]
        assert changed == [], person.username


def diff(one, other):
    """The first place where two answers differ."""
    words = [str(answer) for answer in (one, other)]
    at = next((n for n, (a, b) in enumerate(zip(*words, strict=False)) if a != b), 0)
    return tuple(word[max(0, at - 60) : at + 60] for word in words)
