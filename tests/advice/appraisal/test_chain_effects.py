"""Effects of a plant by an input-output table, in the budget and the cluster account of a case that brings them."""

import json
from shutil import copytree
from typing import Any

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise, why
from guanzi.base.core import InvalidInput
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import EFFECTS, find_case, load_case

PLANT: dict[str, Any] = {
    "format": 1,
    "known_on": "2020-04-01",
    "table": "table.csv",
    "sector": "vehicles",
    "currency": "CNY",
    "unit": 10000,
    "output": [800000, 1500000],
    "effects": [
        {"measure": "taxes", "gross": [36000, 110000], "parents": ["multiplier.taxes.type-1.sector", "plant.output"]},
        {"measure": "employment", "gross": [3600, 13500], "net": [900, 4000], "parents": ["plant.output"]},
        {"measure": "value_added", "gross": [320000, 1100000], "net": [0, 400000], "parents": ["plant.output"]},
    ],
}
IDS = (
    "budget.chain_tax",
    "budget.chain_tax_net",
    "budget.chain_tax_city",
    "cluster.chain_jobs_net",
    "cluster.chain_added",
)


def case_with(folder, **changes):
    copytree(find_case("nio-hefei-2020"), folder, ignore=lambda _, names: {"outcome"} & set(names))
    (folder / EFFECTS).write_text(json.dumps({**PLANT, **changes}), encoding="utf-8")
    return load_case(folder)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    case = case_with(tmp_path_factory.mktemp("effects") / "case")
    return appraise(case, paths=300, options=AppraisalOptions(sensitivity=False, proposal=False))


def test_both_accounts_hold_them_with_intervals_gross_and_net_apart(found):
    for id in IDS:
        figure = found.figures[id]
        assert id in (found.accounts.budget if id.startswith("budget") else found.accounts.cluster)
        assert figure.low <= figure.value <= figure.high
        assert figure.bounds
    gross, net = found.figures["budget.chain_tax"], found.figures["budget.chain_tax_net"]
    assert (gross.low, gross.high, gross.unit) == (360.0, 1100.0, "CNY m")
    assert net.high < gross.high
    assert {"parameter.effect.but_for", "parameter.effect.displacement"} <= set(net.parents)
    assert (found.figures["cluster.chain_jobs_net"].low, found.figures["cluster.chain_jobs"].high) == (900.0, 13500.0)


def test_each_leads_to_the_table_of_the_case(found):
    def steps(step):
        return {(step.kind, step.text.id), *(kind for parent in step.parents for kind in steps(parent))}

    for id in IDS:
        assert ("effects", "appraisal.why.effects.sector") in steps(why(found, id)), id


def test_it_is_said_whether_they_would_turn_the_advice(found):
    table = next(t for t in found.fiscal if t.id == "turn")
    assert {"budget.chain_tax_city", "cluster.chain_jobs_net"} <= set(table.parents)
    labels = [row[1].id for row in table.rows]
    assert labels[2:] == ["appraisal.turn.chain_tax", "appraisal.figure.cluster.chain_jobs_net"]
    for lang in ("en", "zh"):
        assert 'id="fiscal-effects"' in dossier_html(found, lang)


def test_what_is_held_only_later_is_not_used(tmp_path):
    case = case_with(tmp_path / "case", known_on="2020-05-01")
    assert case.view(case.decision_date).effects is None
    before = load_case(find_case("nio-hefei-2020"))
    assert case.view(case.decision_date).sha256 == before.view(before.decision_date).sha256


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"currency": "USD"}, "evidence.effects.currency"),
        ({"output": [3, 2]}, "evidence.effects.span"),
        ({"anyway": [0.5, 1.5]}, "evidence.effects.span"),
        ({"effects": [PLANT["effects"][0]] * 2}, "evidence.effects.twice"),
        ({"effects": [{**PLANT["effects"][1], "net": [0, 99999]}]}, "evidence.effects.net"),
        ({"unit": 0}, None),
        ({"known_on": "soon"}, None),
        ({"effects": [{**PLANT["effects"][0], "measure": "tax"}]}, None),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_mend(changes, cause, tmp_path):
    with pytest.raises(InvalidInput) as refused:
        case_with(tmp_path / "case", **changes)
    (problem,) = refused.value.problems
    assert problem.place.file.endswith(EFFECTS)
    assert problem.place.line
    assert problem.fix is not None
    assert cause in (None, problem.cause.id)


def test_the_table_speaks_chinese(found):
    page = dossier_html(found, "zh")
    table = page[page.index('id="fiscal-effects"') : page.index('id="fiscal-turn"')]
    for told in ("总额", "净额", "个岗位"):
        assert told in table
    assert "Gross" not in table
    assert " jobs" not in table
