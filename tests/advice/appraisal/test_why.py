"""Every figure can be followed to facts and sources, clauses, a playbook, or named judgements."""

import re
from datetime import date

import pytest
from tests.sampling import swept

from guanzi.advice.appraisal import appraise, why
from guanzi.base.core import InvalidInput, Message, catalogue, render, unit_words
from guanzi.engine.company import MODELS
from guanzi.record.evidence import find_case, load_case

LEAVES = {
    "source", "clause", "playbook", "gap", "judgement", "precedent", "panel", "prior", "chain", "effects", "industries",
    "register",
}  # fmt: skip
"""Kinds at which a way may end."""


@pytest.fixture(scope="module", params=swept([date(2020, 4, 29), date(2020, 2, 25)], 2), ids=str)
def appraisal(request):
    return appraise(load_case(find_case("nio-hefei-2020")), request.param, paths=200)


@pytest.fixture(scope="module")
def ways(appraisal):
    """Every figure, and the way from it to its leaves."""
    return {id: tuple(steps(why(appraisal, id))) for id in appraisal.figures}


def steps(step):
    yield step
    for parent in step.parents:
        yield from steps(parent)


def test_every_way_ends_at_a_leaf(ways):
    for id, way in ways.items():
        told = set()
        for step in way:
            assert render(step.text.model_dump())
            assert step.parents or step.repeated or step.kind in LEAVES, (id, step.id)
            assert not step.repeated or step.id in told
            told.add(step.id)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_is_told_in_words_of_the_catalogue(ways, lang):
    """Ids of values are put together from the unit: no search of the sources finds that one is missing."""
    for id, way in ways.items():
        assert render(way[0].text.model_dump(), lang), id


def test_a_simulated_figure_leads_to_seed_facts_and_sources(appraisal):
    kinds = {step.kind for step in steps(why(appraisal, "fund.npv"))}
    assert {"simulation", "parameter", "judgement", "fact", "source", "clause"} <= kinds
    told = next(step for step in steps(why(appraisal, "fund.npv")) if step.kind == "simulation")
    assert told.text.params["seed"] == 1


def test_every_parent_that_a_figure_names_is_found(appraisal):
    for figure in appraisal.figures.values():
        for parent in figure.parents:
            assert why(appraisal, parent).id in {parent, parent.removeprefix("fact.")}


def test_a_parameter_names_only_parents_that_are_found(appraisal):
    for parameter in appraisal.parameters:
        assert (parameter.origin == "judgement") == (not parameter.parents)
        assert len(why(appraisal, parameter.id).parents) == len(parameter.parents)


def test_a_misspelt_figure_is_refused_with_the_nearest(appraisal):
    with pytest.raises(InvalidInput) as refused:
        why(appraisal, "fund.nvp")
    fix = refused.value.problems[0].fix
    assert fix is not None
    assert "fund.npv" in dict(fix.params).values()


@pytest.mark.parametrize("number", ["one", "many"])
def test_every_kind_of_leaf_can_be_counted_on_one_screen(number):
    for kind in LEAVES:
        assert f"cli.why.kind.{kind}.{number}" in catalogue("cli"), kind


def test_a_clause_goes_by_the_name_that_explain_gives_it(appraisal):
    clause = next(clause.id for clause in appraisal.clauses if not clause.id.startswith("terms."))
    assert why(appraisal, clause) == why(appraisal, f"terms.{clause}")


def test_the_way_says_units_in_the_language_of_the_reader(ways):
    said = [render(step.text.model_dump(), "zh") for way in ways.values() for step in way]
    assert not [line for line in said if re.search(r"(\d|单位) (vehicles|CNY m|million shares)\b", line)]


def test_every_unit_of_an_assumption_has_words_in_the_language_of_the_reader():
    units = {unit for model in MODELS.values() for unit in model.UNITS.values()}
    bare = {unit for unit in units if isinstance(unit_words(unit), str)}
    assert bare == set()
    assert all(
        render(Message.of("appraisal.named", name=unit_words(unit)), "zh") != unit
        for unit in ("log", "log per quarter", "quarters", "units/year")
    )
