"""Whatever is sent to the interface is answered, refused in words, or not found; never an error of the server."""

import json
import zipfile
from io import BytesIO

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanzi.office.actions import perform
from guanzi.office.wsgi import application

SOUND = {200, 400, 401, 403, 404, 405, 422, 429}


@pytest.fixture
def answered(office, monkeypatch, settings):
    """Send generated cases of every operation as everybody at once: somebody who holds every role."""
    monkeypatch.setattr("ninja.throttling.SimpleRateThrottle.allow_request", lambda self, request: True)
    settings.ALLOWED_HOSTS = ["*"]
    lead = office.lead
    for role in ("analyst", "expert", "member", "chair", "finance", "manager", "auditor", "administrator"):
        lead.held.create(role=role)
    scopes = ["read", "write", "decide", "money"]
    token = perform(lead, "token.make", {"name": "t", "scopes": scopes}, "t").answer["token"]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)

    def run(examples):
        count = 0
        for found in schema.get_all_operations():
            operation = found.ok()

            @settings_of(examples)
            @given(case=operation.as_strategy())
            def send(case):
                nonlocal count
                case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
                case.headers["Idempotency-Key"] = f"k{count}"
                count += 1
                answer = case.call()
                assert answer.status_code in SOUND, (case.method, case.formatted_path, answer.status_code)
                if answer.status_code >= 400 and answer.content:
                    assert json.loads(answer.content)["problems"]

            send()
        return count

    return run


def settings_of(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_generated_requests_are_never_an_error_of_the_server(answered):
    assert answered(4) > 50


@pytest.mark.prove
def test_thousands_of_generated_requests_are_never_an_error_of_the_server(answered):
    assert answered(150) > 3000


def zip_of(files):
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return box.getvalue()


NAMES = st.sampled_from(
    [
        "case.yaml",
        "facts/a.yaml",
        "../x",
        "/etc/passwd",
        "terms/a.yaml",
        "facts/\u202e.csv",
        "c" * 300,
        "outcome/label.yaml",
    ]
)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [b"case: c\n", b"format: 1\ncase: c\ntitle: T\n", b"\xff\xfe", b"&a [*a]", b"a: " * 1000, b"[" * 5000]
    ),
)


def test_archives_of_any_bytes_are_refused_in_words(office, client):
    client.force_login(office.lead)
    client.raise_request_exception = False

    @settings_of(40)
    @given(content=st.one_of(st.binary(max_size=400), st.dictionaries(NAMES, CONTENTS, max_size=4).map(zip_of)))
    def send(content):
        answer = client.post("/do/case.open/", {"archive": SimpleUploadedFile("a.zip", content)})
        assert answer.status_code in SOUND, answer.status_code

    send()
