"""Beside the editor: words of the contract with their page at each clause, clauses without any, and sentences left."""

import re
from html import unescape

import pytest
from tests.office.small import CASE, SHEET, open_small
from tests.office.test_sheets import act, case, text

from guanzi.deal.lint import lint
from guanzi.office.cases.drafts import read_draft
from guanzi.office.cases.termsheets import sheet_of
from guanzi.office.models import Person

QUOTE = "each instalment <b>is paid</b> after the closing"
LEFT = "The Company shall employ at least 2,000 people"
CONTRACT = f"""\
contract:
  document: release
  clauses:
    - {{clause: "2.1", page: 3, subject: payment, text: Each instalment}}
    - {{clause: "9.1", page: 7, subject: law, text: This Agreement is governed by}}
    - {{clause: "7.2", page: 4, subject: jobs, text: "{LEFT}"}}
    - {{clause: "8.8", page: 6, subject: general, aside: notices, text: Notices are in writing}}
"""


def with_contract():
    """The sheet of the small case as one drafted from a contract: its put has a quote, its covenant has none."""
    source = f'    source: {{document: release, page: 3, clause: "2.1", quote: "{QUOTE}"}}\n'
    return text().replace("    when: months_since", f"{source}    when: months_since") + CONTRACT


@pytest.fixture
def opened(office):
    open_small(office)
    return office


def page_of(client, person, lang="en"):
    Person.objects.filter(pk=person.pk).update(language=lang)
    client.force_login(person)
    return unescape(client.get(f"/cases/{CASE}/terms/2026.yaml/").content.decode())


def test_what_lint_finds_of_the_contract_stands_beside_the_editor_and_nowhere_twice(opened):
    draft = read_draft(case(), SHEET, with_contract(), opened.lead)
    found = lint(sheet_of(SHEET, with_contract()))
    bare = {one.clause for one in found if one.code == "GZ804"}
    assert bare == {one.id for one in draft.clauses if one.group not in ("deal", "parties") and not one.quotes}
    assert "covenant.volume" in bare
    left = {dict(one.message.params)["number"] for one in found if one.code == "GZ805"}
    assert draft.contract is not None
    assert [one["clause"] for one in draft.contract["uncovered"]] == ["7.2", "9.1"]
    assert left == {"7.2", "9.1"}
    assert not {"GZ804", "GZ805"} & {one.code for one in draft.findings}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_each_quote_with_its_page_and_what_is_left(opened, client, lang):
    act(opened.lead, "sheet.save", path=SHEET, text=with_contract(), why="from the contract")
    page = page_of(client, opened.lead, lang)
    page = page[page.index('id="check"') :]
    assert f"<q>{QUOTE}</q>" in page
    put = next(line for line in page.split("<li>") if f"<q>{QUOTE}</q>" in line)
    assert re.search(r"release.{0,12}3.{0,8}2\.1", put)
    assert page.index(LEFT) < page.index("This Agreement is governed by")
    assert "Notices are in writing …" not in page
    said = {
        "en": ("This clause quotes no words of the contract.", "law and disputes"),
        "zh": ("该条款未引用合同原文。", "就业与薪酬"),
    }
    assert all(words in page for words in said[lang])


def test_a_sheet_without_a_contract_asks_for_no_quotes(opened, client):
    page = page_of(client, opened.lead)
    assert "quotes no words" not in page
    assert read_draft(case(), SHEET, text(), opened.lead).contract is None
