"""Whatever is wrong with the ZIP file of a case, it is refused in a sentence: no kind of damage is an error."""

import io
import json
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.office.evidence_of import FILES
from tests.sampling import examples

from guanzi.base.core import InvalidInput
from guanzi.office.cases.exchange import LONGEST_NAME, LONGEST_PATH, MOST_LEVELS, unpacked

PACKED = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def archive(files, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as box:
        for name, content in files.items():
            box.writestr(name, content)
    return out.getvalue()


def altered(whole, *fields):
    """The archive with fields of its heads changed: place in the local and in the central one, form, and value."""
    held = bytearray(whole)
    for local, central, form, value in fields:
        struct.pack_into(form, held, local, value)
        struct.pack_into(form, held, whole.index(b"PK\1\2") + central, value)
    return bytes(held)


def refusal(whole):
    with pytest.raises(InvalidInput) as caught:
        unpacked(whole)
    return caught.value.problems[0].cause.id


ONE = {"case.yaml": FILES["case.yaml"] * 20}
METHODS = [1, 6, 9, 10, 12, 14, 16, 18, 19, 20, 93, 94, 95, 96, 97, 98, 99, 65_535]


@pytest.mark.parametrize("method", METHODS)
def test_other_ways_of_packing_are_refused_before_anything_is_unpacked(method):
    assert refusal(altered(archive(ONE), (8, 10, "<H", method))) == "office.refused.archive_method"


@pytest.mark.parametrize("how", PACKED)
@pytest.mark.parametrize("place", [0.3, 0.5, 0.9])
def test_a_member_that_is_damaged_is_refused(how, place):
    whole = bytearray(archive(ONE, how))
    begin = 30 + len("case.yaml")
    end = whole.index(b"PK\1\2")
    at = begin + int((end - begin) * place)
    whole[at : at + 9] = bytes(255 - byte for byte in whole[at : at + 9])
    assert refusal(bytes(whole)).startswith("office.refused.archive")


@pytest.mark.parametrize("how", PACKED)
@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_bytes_anywhere_may_be_anything(how, data):
    whole = bytearray(archive(ONE, how))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidInput):
        unpacked(bytes(whole))


def test_a_wrong_sum_and_an_encrypted_member_are_refused():
    assert refusal(altered(archive(ONE), (14, 16, "<I", 1))) == "office.refused.archive"
    assert refusal(altered(archive(ONE), (6, 8, "<H", 1))) == "office.refused.archive"
    assert refusal(altered(archive(ONE), (6, 8, "<H", 0x40))) == "office.refused.archive"


@pytest.mark.parametrize(
    "name",
    [
        "small/" + "a/" * 3_000 + "x.yaml",
        "a/" * MOST_LEVELS + "x.yaml",
        "x" * 65_535,
        "x" * (LONGEST_NAME + 1),
        "资" * (LONGEST_NAME // 3 + 1),
        "/".join(["x" * 100] * (LONGEST_PATH // 100 + 1)),
    ],
)
def test_names_that_fit_on_no_disk_are_refused_shortly(name):
    whole = archive(FILES | {name: b"x"})
    with pytest.raises(InvalidInput) as caught:
        unpacked(whole)
    (problem,) = caught.value.problems
    assert problem.cause.id == "office.refused.archive_names"
    assert len(str(problem.place)) <= LONGEST_PATH


def test_names_at_the_limit_are_taken():
    deep = "a/" * (MOST_LEVELS - 1) + "x.yaml"
    assert unpacked(archive(FILES | {deep: b"x"}))[deep] == b"x"


def test_an_archive_that_is_damaged_is_answered_in_words_by_pages_and_programs(office, client):
    client.force_login(office.lead)
    client.raise_request_exception = False
    for whole in (altered(archive(ONE), (8, 10, "<H", 14)), archive({"a/" * 3_000 + "case.yaml": b"x"}), b"", b"PK"):
        file = io.BytesIO(whole or b"\0")
        file.name = "case.zip"
        assert client.post("/do/case.open/", {"archive": file}).status_code == 422


def test_what_is_nested_too_deep_is_no_error(office, client):
    from guanzi.office.actions import perform

    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["write"]}, "t").answer["token"]
    heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    deep = '{"builtin": ' + "[" * 30_000 + "]" * 30_000 + "}"
    answer = client.post("/api/actions/case.open", deep, content_type="application/json", headers=heads)
    assert answer.status_code == 400
    assert json.loads(answer.content)["problems"]
