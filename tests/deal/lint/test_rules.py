"""Every rule finds fault with its bad sheet, passes its clean one, and says so in every language."""

import re
from importlib.resources import files

import pytest
from tests.deal.terms.known_company import sheet

from guanzi.base.core import Message, catalogue, catalogue_languages, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.lint import FACTS, RULES, Level, LintContext, example, lint, located, unjudged
from guanzi.deal.terms import parse_sheet

CODES = [rule.code for rule in RULES]


def found(document, context):
    return located(lint(parse_sheet(document), context), document)


def test_there_are_rules_and_each_has_its_own_code():
    assert len(set(CODES)) == len(CODES)
    assert all(re.fullmatch(r"GZ\d{3}", code) for code in CODES)


def test_every_rule_has_an_example_and_every_example_a_rule():
    shipped = files("guanzi.library").joinpath("lint", "examples").iterdir()
    heads = re.findall(r"(?m)^(GZ\d{3}):", "".join(path.read_text("utf-8") for path in shipped))
    assert sorted(heads) == sorted(CODES)


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_bad_sheet_is_found_fault_with(rule):
    shown = example(rule.code)
    hits = [d for d in found(shown.bad_sheet, shown.context) if d.code == rule.code]
    assert hits
    for hit in hits:
        assert hit.place.line > 0
        assert hit.page == f"reference/lint.html#{rule.code.lower()}"
        for lang in catalogue_languages():
            assert render(hit.message, lang)
            assert render(hit.fix, lang)


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_clean_sheet_passes(rule):
    shown = example(rule.code)
    assert [d for d in found(shown.clean_sheet, shown.context) if d.code == rule.code] == []


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_two_sheets_of_a_rule_differ_in_clauses_that_both_can_be_signed(rule):
    shown = example(rule.code)
    assert shown.bad != shown.clean
    assert rule.judges(shown.context), "the example states what the rule needs"


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_has_title_reason_and_mend(rule):
    for lang in catalogue_languages():
        for message in (rule.title, rule.reason, Message.of(f"lint.{rule.code}.mend")):
            assert render(message, lang)
    assert set(rule.needs) <= set(FACTS)


@pytest.mark.parametrize("rule", [r for r in RULES if r.needs], ids=lambda r: r.code)
def test_a_rule_that_needs_more_than_the_sheet_says_that_it_could_not_judge(rule):
    shown = example(rule.code)
    assert rule in unjudged(LintContext())
    assert rule not in unjudged(shown.context)
    assert rule.code not in {d.code for d in found(shown.bad_sheet, LintContext())}


def test_every_sentence_of_the_catalogue_belongs_to_a_rule():
    others = {"story", "model"}
    heads = {id.split(".")[1] for id in catalogue("lint")}
    assert heads - others == set(CODES)


def test_the_order_of_the_findings_is_that_of_the_text():
    shown = example("GZ102")
    lines = [d.place.line for d in found(shown.bad_sheet, shown.context)]
    assert lines == sorted(lines)


def test_the_levels_come_from_heavy_to_light():
    assert [level.value for level in Level] == ["error", "warning", "info"]


def test_a_sheet_without_clauses_has_no_flaw():
    text = "deal: empty\ncurrency: CNY\nknown_on: 2024-03-01\nsigned: 2024-03-15\nparties:\n  company: {role: issuer}\n"
    document = parse_yaml(TextFile("empty.yaml", text, tuple(text.split("\n"))))
    assert found(document, LintContext()) == ()


GRANT_FOR_JOBS = """\
incentives:
  jobs:
    {{type: grant, from: city, amount: 10 per year, years: 2, start: 2026-01-01, if: "jobs_local >= 100",
     clawback: {{when: "{when}", recover: 100%, enforced: 50%}}}}
"""


@pytest.mark.parametrize(
    ("when", "undone"), [("jobs_local < 300", True), ("after('2027-06-30') and jobs_local < 300", False)]
)
def test_a_clawback_that_begins_after_the_last_payment_undoes_none(when, undone):
    """As the tutorial writes it: the jobs are counted for good once all of the money has been paid."""
    found = lint(sheet(GRANT_FOR_JOBS.format(when=when)), LintContext())
    assert ("GZ505" in {d.code for d in found}) == undone
