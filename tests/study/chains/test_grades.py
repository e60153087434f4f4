"""What a place has of a chain: present, planned, missing and no evidence are four different things."""

from datetime import date

import pytest

from guanzi.intake.chains import chain_names, load_chain, read_chain
from guanzi.record.evidence import builtin_cases, open_case, read_outcome
from guanzi.study.chains import cost_shares, follow_the_money, grade_links, graphml
from guanzi.study.chains.grades import standing_plants

HEAD = "row,id,name,of,to,at,low,high,unit,status,period,known_on,source,grade\n"
ROWS = """chain,toy,Toy cars,,,,,,,,,,,
source,s,Survey,,,,,,,,,2020-01-01,,C
component,car,car,,,,,,,,,,,
component,pack,pack,car,,,,,,,,,,
component,cell,cell,pack,,,,,,,,,,
component,seat,seat,car,,,,,,,,,,
component,glass,glass,car,,,,,,,,,,
firm,a,A,,,,,,,,,,,
firm,b,B,,,,,,,,,,,
plant,,,a,car,here,,,,,,2020-01-01,s,
plant,,,b,cell,here,,,,planned,,2020-06-01,s,
plant,,,b,cell,elsewhere,,,,,,2020-01-01,s,
absent,,,,seat,here,,,,,,2020-01-01,s,
share,,,,pack,,30,40,,,,2020-01-01,s,
share,,,,cell,,50,60,pack,,,2020-01-01,s,
share,,,,pack,,50,50,,,other,2021-01-01,s,
"""


def chain(tmp_path, rows=ROWS):
    path = tmp_path / "toy.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return read_chain(path, "toy.csv")


def test_missing_needs_a_source_and_silence_is_no_evidence(tmp_path):
    links = grade_links(chain(tmp_path).view(), ["here"])
    assert {id: link.grade for id, link in links.items()} == {
        "car": "present",
        "pack": "no_evidence",
        "cell": "planned",
        "seat": "missing",
        "glass": "no_evidence",
    }


def test_a_view_knows_nothing_of_later_days(tmp_path):
    toy = chain(tmp_path)
    early = toy.view(date(2020, 3, 1))
    assert grade_links(early, ["here"])["cell"].grade == "no_evidence"
    assert early.later == 2
    assert early.sha256 != toy.view().sha256
    assert cost_shares(early)["pack"].high == pytest.approx(0.4)


def test_a_closed_plant_is_present_no_more(tmp_path):
    rows = ROWS + "plant,,,a,car,here,,,,closed,,2022-01-01,s,\n"
    assert grade_links(chain(tmp_path, rows).view(date(2021, 1, 1)), ["here"])["car"].grade == "present"
    assert grade_links(chain(tmp_path, rows).view(), ["here"])["car"].grade == "no_evidence"


def test_shares_are_carried_to_the_product_and_disputes_widen_them(tmp_path):
    shares = cost_shares(chain(tmp_path).view())
    assert (shares["pack"].low, shares["pack"].high) == pytest.approx((0.3, 0.5))
    assert shares["pack"].disputed
    assert (shares["cell"].low, shares["cell"].high) == pytest.approx((0.15, 0.30))
    assert not shares["cell"].disputed


def test_a_share_that_no_source_states_is_bounded_by_its_whole(tmp_path):
    rows = ROWS.replace("share,,,,cell,,50,60,pack,,,2020-01-01,s,\n", "")
    cell = cost_shares(chain(tmp_path, rows).view())["cell"]
    assert (cell.low, cell.high, cell.stated) == (0.0, 0.5, False)


@pytest.mark.parametrize("name", chain_names())
def test_a_shipped_chain_cites_a_source_for_all_that_it_states(name):
    view = load_chain(name).view()
    assert view.statements
    assert all(statement.source.publisher and statement.source.title for statement in view.statements)
    assert all(share.low <= share.high <= 1.0 for share in cost_shares(view).values())


def test_nothing_of_the_shipped_chain_is_known_before_its_source_without_a_reason():
    early = [
        statement
        for statement in load_chain("nev").statements
        if statement.source.date and statement.known_on < statement.source.date and not statement.because
    ]
    assert early == []


def test_a_plant_that_a_case_tells_to_be_at_work_is_no_plan_in_a_chain():
    """Firm and place of a case, by their ids: once its outcome dates the start, the chain may not hold a plan alone."""
    begun = [
        (case, fact.known_on)
        for case in map(open_case, builtin_cases())
        for fact in read_outcome(case.folder).facts
        if fact.name == "production_started" and fact.value is True
    ]
    both, stale = 0, []
    for name in chain_names():
        chain = load_chain(name)
        plants = standing_plants(chain.view())
        working = {(plant.of, plant.at) for plant in plants if plant.status == "operating"}
        for case, day in begun:
            of_it = [p for p in plants if p.at == case.region.id and f"{case.company.id}-".startswith(f"{p.of}-")]
            mine = of_it if case.industry in chain.industries else []
            both += bool(mine)
            stale += [(name, p.of, p.at) for p in mine if p.known_on <= day and (p.of, p.at) not in working]
    assert both >= 3
    assert not stale


def test_other_tools_get_every_firm_and_every_tie():
    view = load_chain("nev").view()
    entities = follow_the_money(view).splitlines()
    assert sum('"schema": "Company"' in line for line in entities) == len(view.firms)
    assert sum('"schema": "Ownership"' in line for line in entities) == len(view.of_kind("owns"))
    assert graphml(view).count("<node ") == len(view.firms) + len(view.components)
