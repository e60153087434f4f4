"""What the appraisal reads from the text of a deal."""

import shutil
from datetime import date

import pytest

from guanzi.advice.appraisal import appraise
from guanzi.advice.appraisal.commitments import commitments
from guanzi.advice.appraisal.deal import budget_party
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.base.reading import read_yaml
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


def changed(case, folder, old, new):
    """The case with its last term sheet changed."""
    target = folder / case.id
    shutil.copytree(case.folder, target)
    file = target / "terms" / "2020-04-29-definitive.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return load_case(target)


def test_five_instalments_of_seven_billion_by_the_calendar(case):
    view = case.view(case.decision_date)
    sheet = parse_sheet(view.sheet.document)
    planned = commitments(sheet)
    assert [i.amount.mid for i in planned] == pytest.approx([3500, 1500, 1000, 500, 500])
    assert not any(i.conditional or i.tiers for i in planned)
    facts = deal_facts(sheet, view)
    assert facts.public_amount == pytest.approx(7000)
    assert facts.put_on_company_only is True
    assert facts.conditional_instalments == 0
    assert budget_party(sheet, view) == "hefei"


def test_the_framework_has_an_amount_in_a_bracket(case):
    view = case.view(date(2020, 2, 25))
    planned = commitments(parse_sheet(view.sheet.document))
    assert (planned[0].amount.low, planned[0].amount.high) == (10000, 14500)
    assert not planned[0].amount.known


TIED = "(event('closing') and tier('second-plant'))"


@pytest.fixture(scope="module")
def tied(case, tmp_path_factory):
    old = """{id: i3, amount: 1000, due: 2020-09-30, if: "event('closing')\""""
    new = f"""{{id: i3, amount: 1000, due: 2020-09-30, if: "{TIED}\""""
    return changed(case, tmp_path_factory.mktemp("tied"), old, new)


def test_an_instalment_tied_to_a_tier_lowers_what_is_paid_before_it(case, tied):
    free, bound = appraise(case, paths=500), appraise(tied, paths=500)
    assert bound.exposure is not None
    payment = next(p for p in bound.exposure.payments if p.id == "i3")
    assert payment.conditional
    assert payment.new_tiers == ("second-plant",)
    assert bound.figures["terms.conditional_share"].value == pytest.approx(1 / 7)
    after, before = (a.figures["exposure.before.second-plant"].value for a in (bound, free))
    assert after is not None
    assert before is not None
    assert after < before
    assert "appraisal.sentence.no_tiered_conditions" not in {s.id for s in bound.summary.sentences}


def test_an_operating_floor_under_the_last_actual_year_is_to_be_raised(case, tmp_path):
    demanded = {demand.id for demand in appraise(case, paths=50).demands}
    assert {"raise-floor", "put-basis"} <= demanded
    higher = changed(case, tmp_path, "year_total(units) < 20_000", "year_total(units) < 60_000")
    assert "raise-floor" not in {demand.id for demand in appraise(higher, paths=50).demands}


def test_an_amount_without_bracket_is_not_simulated_and_said_so(case, tmp_path):
    blind = changed(case, tmp_path, "rate: 8.5%, basis: unknown", "rate: unknown, basis: unknown")
    found = appraise(blind, paths=50)
    assert found.exposure is None
    assert found.versions.paths == 0
    assert found.figures["public.amount"].value == pytest.approx(7000)
    assert "appraisal.sentence.blocked" in {s.id for s in found.summary.sentences}


def test_a_sheet_without_instalments_has_none(tmp_path):
    text = (
        "deal: a\ncurrency: CNY\nunit: 1e6\nknown_on: 2020-04-29\nsigned: 2020-04-29\n"
        "parties: {company: {role: issuer}, city: {role: public}}\n"
    )
    file = tmp_path / "a.yaml"
    file.write_text(text, "utf-8")
    assert commitments(parse_sheet(read_yaml(file, "a.yaml"))) == ()
