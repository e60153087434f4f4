"""Whatever is sent to the interface is answered, refused in words, or not found; never an error of the server."""

import json
import zipfile
from io import BytesIO
from itertools import count, product

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.parameters import ParameterLocation

from guanzi.office.actions import perform
from guanzi.office.wsgi import application

SOUND = {200, 400, 401, 403, 404, 405, 413, 422, 429}
CASE = "nio-hefei-2020"
REFUSED = {"expected-statuses": sorted(str(code) for code in SOUND if code >= 400)}
CHECKED = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": REFUSED}})
"""What is wrong may also be too large (413), by which the generator does not know that it was refused."""
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
"""Requests that the description allows, and those that it does not."""


@pytest.fixture
def answered(office, monkeypatch, settings):
    """Send generated cases of every operation as everybody at once: somebody who holds every role.

    Every answer passes all checks of the generator: no error of the server, only codes that the description names, in
    the shape that it says, what it allows is not refused for its shape, what it does not allow is refused, no answer
    without a token.
    """
    monkeypatch.setattr("ninja.throttling.SimpleRateThrottle.allow_request", lambda self, request: True)
    settings.ALLOWED_HOSTS = ["*"]
    lead = office.lead
    for role in ("analyst", "expert", "member", "chair", "finance", "manager", "auditor", "administrator"):
        lead.held.create(role=role)
    scopes = ["read", "write", "decide", "money"]
    token = perform(lead, "token.make", {"name": "t", "scopes": scopes}, "t").answer["token"]
    perform(lead, "case.open", {"builtin": CASE}, "open")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, config=CHECKED)

    sent = count(1)

    def send(operation, mode, examples):
        @settings_of(examples)
        @given(case=operation.as_strategy(generation_mode=mode))
        def one(case):
            headers, number = {"Authorization": f"Bearer {token}"}, next(sent)
            if case.meta.is_negative_at(ParameterLocation.HEADER):
                headers = {}  # what is wrong may be that the token is not there
            elif "Idempotency-Key" in case.headers and mode is MODES[0]:
                headers["Idempotency-Key"] = f"k{number}"  # what was done already would answer for it
            if mode is MODES[0] and number % 2:  # beyond the door: of a case that is there
                for named in (case.path_parameters, case.body):
                    if isinstance(named, dict) and "case" in named:
                        named["case"] = CASE
            answer = case.call_and_validate(headers=headers)
            if answer.status_code >= 400 and answer.content:
                assert json.loads(answer.content)["problems"]

        one()

    def run(examples):
        for found, mode in product(schema.get_all_operations(), MODES):
            send(found.ok(), mode, examples)
        return next(sent)

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
    assert answered(1) > 100


@pytest.mark.prove
def test_thousands_of_generated_requests_are_never_an_error_of_the_server(answered):
    assert answered(75) > 3000


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
