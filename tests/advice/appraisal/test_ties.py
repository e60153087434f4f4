"""Ties in the appraisal: told with their facts and sources, and blind for what came later, to the byte."""

import json
import random
import shutil

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise, to_json, turning_facts, why
from guanzi.record.evidence import ENTITIES, find_case, load_case
from guanzi.record.playbooks import load_playbook

CASE = find_case("qoros-changshu-2017")


def appraised(folder):
    """The bytes of the appraisal as of the decision."""
    return to_json(appraise(load_case(folder), paths=64, options=AppraisalOptions(sensitivity=False)))


@pytest.fixture
def copy(tmp_path):
    """A copy of the case that may be changed."""
    return shutil.copytree(CASE, tmp_path / CASE.name)


@pytest.fixture(scope="module")
def before():
    return appraised(CASE)


def changed(folder, change):
    """Change the objects of the file by a function from list to list."""
    file = folder / ENTITIES
    held = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    file.write_text("".join(json.dumps(one) + "\n" for one in change(held)), "utf-8")
    return folder


def later(id, schema, **properties):
    """An object that became known a week after the decision."""
    values = {name: [value] for name, value in properties.items()}
    return {"id": id, "schema": schema, "properties": values, "known_on": "2018-01-09", "source": "reuters-2018"}


def test_a_tie_that_became_known_later_changes_no_byte(copy, before):
    tie = later("later", "Ownership", owner="yao-zhenhua", asset="investor", percentage="90")
    assert appraised(changed(copy, lambda held: [*held, tie])) == before


def test_an_end_that_came_later_changes_no_byte(copy, before):
    def ended(held):
        for one in held:
            one["properties"]["endDate"] = ["2018-01-03"]
        return held

    assert appraised(changed(copy, ended)) == before


@pytest.mark.parametrize("seed", range(6))
def test_random_later_objects_in_any_order_change_no_byte(copy, before, seed):
    dice = random.Random(seed)

    def grown(held):
        ids = [one["id"] for one in held]
        for n in range(dice.randint(1, 6)):
            schema = dice.choice(["Ownership", "Directorship", "UnknownLink", "Company", "Address"])
            ends = ("owner", "asset", "director", "organization", "subject", "object")
            held.append(later(f"later-{n}", schema, role="buyer", **{end: dice.choice(ids) for end in ends}))
        dice.shuffle(held)
        return held

    assert appraised(changed(copy, grown)) == before


def test_a_tie_known_on_the_day_does_change_the_appraisal(copy, before):
    tie = {
        **later("now", "Ownership", owner="yao-zhenhua", asset="investor", percentage="90"),
        "known_on": "2018-01-02",
    }
    tie["held_because"] = "made up for this test"
    assert appraised(changed(copy, lambda held: [*held, tie])) != before


def test_a_finding_leads_to_the_tie_and_from_there_to_its_source():
    appraisal = appraise(load_case(CASE), paths=64, options=AppraisalOptions(sensitivity=False))
    (related,) = (f for f in appraisal.findings if f.id == "ownership.related-buyer.investor")
    assert set(related.facts) == {"tie-investor-buys", "tie-investor-qoros"}
    steps = why(appraisal, "tie-investor-buys")
    assert steps.kind == "fact"
    (source,) = steps.parents
    assert source.id.startswith("source.later-")  # published after the day: the papers of the day do not name it
    ties = [fact for fact in appraisal.facts if fact.name == "ownership"]
    assert len(ties) == 9
    assert all(fact.chosen and fact.rule is None for fact in ties)


def test_a_tie_can_be_taken_away_to_see_whether_the_advice_rests_on_it():
    case, playbook = load_case(CASE), load_playbook("hefei")
    assert turning_facts(case, case.decision_date, playbook, paths=64, only={"tie-investor-buys"}) == ()


def test_without_its_entities_the_case_has_one_gap_more_and_the_same_advice(copy):
    with_ties = json.loads(appraised(copy))
    (copy / ENTITIES).unlink()
    without = json.loads(appraised(copy))
    assert without["advice"] == with_ties["advice"]
    assert without["figures"].keys() == with_ties["figures"].keys()
    mine = [f for f in without["findings"] if f["check"] == "ownership"]
    assert [f["code"] for f in mine] == ["gap_ownership"]
