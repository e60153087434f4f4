"""A NUL in whatever can be sent, and many who guess at once; run as a program, on SQLite or PostgreSQL.

Nothing of it is an error of the server, and of many guesses at the same moment ten are looked at and no more.
"""

import os
import sys
from base64 import b64encode
from pathlib import Path

from tests.office.forks import forked
from tests.sampling import sampled

GUESSERS, GUESSES = 4, 6


def main(one_in):
    from guanzi.office.serving.preparing import choose, prepare

    choose(Path(os.environ["GUANZI_OFFICE_DATA"]))
    prepare()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from tests.office import evidence_of
    from tests.office.conftest import Office

    from guanzi.office.actions import load_actions, perform

    load_actions()
    office = Office.make("city")
    evidence_of.open_small(office)
    asked = {"name": "t", "scopes": ["read", "write", "decide", "money", "tokens"]}
    token = perform(office.lead, "token.make", asked, "t").answer["token"]
    wrong = [*beside_forms(office), *in_forms(office, one_in), *in_programs(token, one_in), *in_cases(office, token)]
    assert not wrong, wrong[:10]
    print("held", guess_at_once())


def beside_forms(office):
    """Addresses, cookies, names."""
    from django.conf import settings
    from django.test import Client

    entered = Client(raise_request_exception=False)
    entered.force_login(office.lead)
    for address in ("/search/?q=a%00b", "/cases/?q=%00", "/cases/%00/", "/log/?case=%00", "/log/?after=%00",
                    "/api/cases?q=%00", "/api/cases/%00", "/cases/small/evidence/?fact=%00", "/people/?q=%00",
                    "/cases/small/?%00=1", "/portfolio/?stage=%00", "/enter/?next=/%00"):  # fmt: skip
        yield from told(address, entered.get(address))
    for name in (settings.SESSION_COOKIE_NAME, settings.BROWSER_COOKIE, settings.CSRF_COOKIE_NAME):
        bad = Client(raise_request_exception=False, headers={"cookie": f'{name}="aaaaaaaaaa\\000bbbbbbbbbb"'})
        yield from told(name, bad.get("/enter/"), bad.get("/account/"))
    for given in ({"username": "a\0b", "password": "x"}, {"username": "city-lead", "password": "x\0", "token": "\0"},
                  {"username": "city-lead", "password": "x", "next": "/\0"}):  # fmt: skip
        yield from told(str(given), Client(raise_request_exception=False).post("/enter/", given))


def in_forms(office, one_in):
    """Every field of one of so many actions, and its key."""
    from django.test import Client

    from guanzi.office.actions import ACTIONS

    entered = Client(raise_request_exception=False)
    entered.force_login(office.lead)
    session = entered.session
    session["entered"] = session["seen"] = 4e9
    session.save()
    for id in sorted(sampled(ACTIONS, one_in)):
        what = ACTIONS[id]
        usual = {"case": "small"} if what.of_case else {}
        yield from told(f"{id} key", entered.post(f"/do/{id}/", usual | {"key": "a\0b"}))
        fields = dict.fromkeys(what.asks.model_fields, "a\0b")
        yield from told(id, entered.post(f"/do/{id}/", fields), entered.post(f"/do/{id}/", fields | usual))


def in_programs(token, one_in):
    """The same as JSON."""
    from django.test import Client

    from guanzi.office.actions import ACTIONS

    client = Client(raise_request_exception=False)
    for id in sorted(sampled(ACTIONS, one_in)):
        what = ACTIONS[id]
        usual = {"case": "small"} if what.of_case else {}
        for number, value in enumerate(("a\0b", ["a\0b"], "a\ud800b")):
            heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"{id}-{number}"}
            asked = dict.fromkeys(what.asks.model_fields, value) | (usual if number else {})
            yield from told(
                id, client.post(f"/api/actions/{id}", asked, content_type="application/json", headers=heads)
            )


def in_cases(office, token):
    """A folder whose facts, titles and names hold one."""
    from django.test import Client
    from tests.office import evidence_of, tiedcase

    client = Client(raise_request_exception=False)
    texts = {name: content.decode() for name, content in evidence_of.FILES.items()}
    texts["case.yaml"] = texts["case.yaml"].replace("case: small", "case: city-lead_bad")
    changes = [
        ("case.yaml", "zh: 小案例", 'zh: "小\\0例"'),
        ("case.yaml", "name: Maker", 'name: "Ma\\0ker"'),
        ("facts/company.yaml", "title: Annual report", 'title: "Annual\\0report"'),
        ("facts/company.yaml", "source: report}", 'source: report, note: "a\\0b"}'),
        ("facts/company.yaml", "unit: vehicles", 'unit: "vehi\\0cles"'),
    ]
    folders = [texts | {name: texts[name].replace(old, new, 1)} for name, old, new in changes]
    folders.append(tiedcase.files((*tiedcase.TIES, tiedcase.entity("x", "Person", name="City\0Lead"))))
    for number, folder in enumerate(folders):
        asked = {"archive": evidence_of.zipped({name: text.encode() for name, text in folder.items()})}
        heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"folder-{number}"}
        answer = client.post("/api/actions/case.open", asked, content_type="application/json", headers=heads)
        assert answer.status_code == 409, (number, answer.content)
        yield from told(f"folder {number}", answer)
    document = {"case": "small", "file": b64encode(b"words").decode(), "filename": "a\0.txt", "known_on": "2026-05-01"}
    heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "document"}
    posted = client.post("/api/actions/evidence.upload", document, content_type="application/json", headers=heads)
    yield from told("document", posted)


def told(what, *answers):
    """What is an error of the server."""
    return [(what, answer.status_code) for answer in answers if answer.status_code >= 500]


def guess_at_once():
    """Guesses of several processes at the same moment: how many were looked at."""
    from django.db import connections

    connections.close_all()
    ready, go = os.pipe()
    out, told_by = os.pipe()

    def guess():
        from django.test import Client

        os.read(ready, 1)
        for _ in range(GUESSES):
            answer = Client().post("/enter/", {"username": "city-member", "password": "wrong"})
            os.write(told_by, b"1" if answer.status_code == 401 else b"0")

    children = [forked(guess) for _ in range(GUESSERS)]
    os.write(go, b"g" * GUESSERS)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    return os.read(out, GUESSERS * GUESSES).count(b"1")


if __name__ == "__main__":
    main(int(sys.argv[1]))
