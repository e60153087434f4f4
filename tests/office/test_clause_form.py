"""A term sheet is a form by clause: a value that is changed there stands in the text, and nothing else changes."""

import re

import pytest
from tests.office.small import CASE, SHEET, TERMS, open_small

from guanzi.base.core import InvalidInput
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import explain, read_sheet
from guanzi.jobs.structuring.clauseform import clause_fields, with_fields
from guanzi.record.evidence import builtin_cases, find_case, load_case

PAGE = f"/cases/{CASE}/terms/{SHEET.removeprefix('terms/')}/"


def document(text):
    return parse_yaml(TextFile("x.yaml", text, tuple(text.split("\n"))))


def forms(text):
    sheet = read_sheet(document(text)).sheet
    assert sheet is not None
    ids = [clause.id for clause in explain(sheet)]
    return {one.id: {field.address: field for field in one.fields} for one in clause_fields(document(text), ids)}


def test_each_clause_has_its_money_its_days_its_conditions_and_its_remedy():
    held = forms(TERMS)
    roles = {field.role: field.text for field in held["stake.t2"].values()}
    assert roles == {"money": "600", "when": "2026-09-30", "if": "tier('headquarters')"}
    assert {field.role: field.text for field in held["covenant.volume"].values()} == {
        "if": "units >= 5_000",
        "remedy": "put",
    }


def test_a_changed_value_stands_in_the_text_and_nothing_else_changes():
    given = {"stake.t2.amount": "500", "stake.t2.if": "tier('headquarters') and units >= 1_000", "put.price.rate": "9%"}
    old, new = TERMS.split("\n"), with_fields(document(TERMS), given).rstrip("\n").split("\n")
    changed = {line for was, line in zip(old, new, strict=False) if was != line}
    assert len(changed) == 2
    assert {field: forms("\n".join(new) + "\n")[clause][field].text for clause, field in (
        ("stake.t2", "stake.t2.amount"), ("stake.t2", "stake.t2.if"), ("put", "put.price.rate"))} == given  # fmt: skip


@pytest.mark.parametrize("name", sorted(builtin_cases())[::6])
def test_a_form_that_is_sent_as_it_stands_changes_no_shipped_sheet(name):
    for sheet in load_case(find_case(name)).sheets:
        text = sheet.document.source.text
        held = {field.address: field.text for clause in forms(text).values() for field in clause.values()}
        assert with_fields(document(text), held) == text


@pytest.mark.parametrize(
    "given", [{"stake.t2.due": "soon"}, {"stake.share": "140%"}, {"stake.t2.amount": "-1"}, {"stake.t9.amount": "1"},
              {"stake.t2.if": "a\nb"}]
)  # fmt: skip
def test_what_is_no_value_is_refused_where_it_stands(given):
    with pytest.raises(InvalidInput) as refused:
        with_fields(document(TERMS), given)
    assert refused.value.problems[0].place.file in given


def test_the_page_writes_the_form_into_the_text_and_findings_lead_to_their_clause(office, client):
    open_small(office)
    client.force_login(office.lead)
    page = client.get(PAGE).content.decode()
    ids = set(re.findall(r'<fieldset id="clause-([^"]+)"', page))
    assert {"stake.t1", "stake.t2", "put", "covenant.volume"} <= ids
    assert set(re.findall(r'href="#clause-([^"]+)"', page)) <= ids
    assert re.search(r'<th[^>]*><a href="#clause-', page), "a finding leads to its clause"
    sent = {"as_read": TERMS, "set.stake.t2.amount": "500"}
    answer = client.post(f"{PAGE}fields/", sent, HTTP_HX_REQUEST="true").content.decode()
    assert "id: t2, amount: 500" in answer
    assert 'id="sheet-text" hx-swap-oob="true"' in answer
    assert 'id="check" hx-swap-oob' in answer, "what it costs is told at once"
    wrong = client.post(f"{PAGE}fields/", {"text": TERMS, "set.stake.t2.due": "soon"}, HTTP_HX_REQUEST="true")
    assert "refusal" in wrong.content.decode()
    assert "id: t2, amount: 600" in wrong.content.decode()
    client.force_login(office.people["expert"])
    assert client.post(f"{PAGE}fields/", sent).status_code == 404
