"""What a case still needs to carry a forecast: what blocks it first, then what could settle most."""

from datetime import date

import pytest
import yaml
from tests.intake.notes.test_notes import GOOD, imported

from guanzi.advice.appraisal import AppraisalOptions, appraise, review_case
from guanzi.record.evidence import find_case, load_case

STAKE = """
instruments:
  stake:
    type: equity
    issuer: company
    share: 20%
    holders: {riverton: 20%}
    tranches: [{id: t1, amount: {riverton: 60}, due: 2015-09-30}]
"""


@pytest.fixture
def folder(tmp_path):
    return imported(tmp_path).folder


def add_deal(folder, text=STAKE):
    sheet = next((folder / "terms").glob("*.yaml"))
    sheet.write_text(sheet.read_text("utf-8") + text.lstrip("\n"), encoding="utf-8")


def facts(folder, change):
    path = folder / "facts" / "facts.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


def add_fact(folder, name, unit):
    row = {"id": "added", "name": name, "value": 5.0, "unit": unit, "period": 2014, "known_on": date(2015, 6, 30)}
    facts(folder, lambda data: data["facts"].append({**row, "source": next(iter(data["sources"]))}))


def test_a_deal_in_words_alone_blocks_the_forecast_and_comes_first(folder):
    found = review_case(load_case(folder))
    assert [need.kind for need in found.blocking] == ["deal"]
    assert found.needs[0].blocks
    assert "Two thousand jobs" in str(found.needs[0].what)
    assert found.measured == "company.failed"


def test_with_a_deal_nothing_blocks_and_the_appraisal_has_its_forecast(folder):
    add_deal(folder)
    facts(folder, lambda data: [f.update(value=0.2) for f in data["facts"] if f["name"] == "gross_margin"])
    case = load_case(folder)
    assert review_case(case).blocking == ()
    found = appraise(case, paths=200, options=AppraisalOptions(sensitivity=False))
    assert found.figures["fund.loss_probability"].value is not None


def test_what_could_settle_most_comes_first(folder):
    effects = [need.effect or 0.0 for need in review_case(load_case(folder)).needs if not need.blocks]
    assert effects == sorted(effects, reverse=True)
    assert effects[0] > 0


def test_a_fact_that_is_put_in_is_no_longer_asked_for(folder):
    def asked():
        return {dict(n.what.params).get("name") for n in review_case(load_case(folder)).needs if n.kind == "missing"}

    assert "sga" in asked()
    add_fact(folder, "sga", "GBP m")
    assert "sga" not in asked()


def test_a_doubtful_fact_has_the_effect_of_its_name_and_is_not_asked_for_again(tmp_path):
    notes = yaml.safe_load(GOOD)
    flag = "source_undated: content describes 2014"
    entry = {
        "name": "sga_2014",
        "value": 5,
        "unit": "GBP m",
        "as_of": "2014-12-31",
        "source": None,
        "availability": flag,
    }
    notes["facts_known_at_decision"].append(entry)
    found = review_case(load_case(imported(tmp_path, yaml.safe_dump(notes)).folder))
    (doubt,) = [n for n in found.needs if n.fact == "sga-2014"]
    assert (doubt.kind, doubt.one_step) == ("doubt", True)
    assert doubt.effect > 0
    assert not [n for n in found.needs if n.kind == "missing" and dict(n.what.params)["name"] == "sga"]


def test_a_number_whose_unit_nobody_knows_has_the_effect_of_its_name(tmp_path):
    notes = yaml.safe_load(GOOD)
    entry = {"name": "deliveries_2014", "value": 1200, "unit": "carts", "as_of": "2014-12-31", "source": None}
    notes["facts_known_at_decision"].append({**entry, "availability": "ok"})
    found = review_case(load_case(imported(tmp_path, yaml.safe_dump(notes)).folder))
    (need,) = [n for n in found.needs if n.fact == "deliveries-2014"]
    assert need.effect > 0
    assert "vehicles" in str(need.fix)


def test_an_amount_without_a_rate_blocks_with_the_fact_that_would_mend_it(folder):
    add_deal(folder)
    add_fact(folder, "cash", "KRW m")
    found = review_case(load_case(folder))
    (need,) = found.blocking
    assert need.kind == "rate"
    assert found.measured
    assert "krw_gbp" in str(need.fix)


def test_a_case_of_which_nothing_counts_says_so(folder):
    facts(folder, lambda data: [fact.update(availability="doubtful") for fact in data["facts"]])
    path = folder / "facts" / "facts.yaml"
    assert "doubtful" in path.read_text("utf-8")
    assert review_case(load_case(folder)).needs[0].kind == "facts"


@pytest.mark.parametrize("name", ["nio-hefei-2020", "boe-hefei-2008"])
def test_a_case_of_the_library_lacks_nothing_that_blocks(name):
    assert review_case(load_case(find_case(name))).blocking == ()


def test_the_same_case_gives_the_same_review(folder):
    case = load_case(folder)
    assert review_case(case) == review_case(case, threads=1)
