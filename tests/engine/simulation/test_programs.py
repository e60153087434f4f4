"""A program that is taken instead of composed is the program that composing gives, whatever the company's numbers."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from tests.engine.simulation.examples import OWN, POLICY, company, sheet

from guanzi.engine.company import MODELS, Distribution, Effects, Taxes
from guanzi.engine.machine import assemble, shelf
from guanzi.engine.simulation import forecast, programs
from guanzi.engine.simulation.compose import _Steps, begin, compose
from guanzi.engine.simulation.forecast import _begin_alone
from guanzi.engine.simulation.programs import ready
from guanzi.engine.simulation.pruning import prune

EVEN = Distribution("uniform", (0.2, 0.4))
each_model = pytest.mark.parametrize("kind", MODELS)


def effects(moved: float = 0.0) -> Effects:
    part = Distribution("uniform", (0.2 + moved, 0.4 + moved))
    city = tuple((base, 0.1 + moved, 0.3 + moved) for base in BASES)
    return Effects(part, part, part, Taxes(city, part, part, part, part, part, part, part, 100.0 * moved))


BASES = ("value_added", "profit", "wages")


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path) -> Iterator[None]:
    """Nothing is kept at first, and what is kept is kept here."""
    monkeypatch.setattr(shelf, "folder_of", lambda _function: tmp_path)
    programs.clear()
    yield
    programs.clear()


@pytest.fixture
def composed(monkeypatch) -> list[int]:
    """The steps that were written."""
    steps: list[int] = []
    write = _Steps._step

    def counted(self, t):
        steps.append(t)
        write(self, t)

    monkeypatch.setattr(_Steps, "_step", counted)
    return steps


def moved(kind: str, by: float):
    """A company with every number that can be moved a little otherwise."""
    spread = company(kind).parameters
    other: dict[str, Distribution] = {}
    for name, parameter in spread.items():
        d = parameter.distribution
        if name not in MODELS[kind].SHAPING and d.kind in ("normal", "lognormal"):
            other[name] = Distribution(d.kind, (d.values[0] * (1.0 + by), d.values[1]))
    return company(kind, OWN, **other)


def same(one, other) -> bool:
    arrays = ("code", "start", "constants", "literal", "first", "first_truths", "clauses")
    names = ("clause_names", "number_names", "truth_names", "accounts", "outputs", "histograms", "tallies", "flows")
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in arrays) and all(
        getattr(one, n) == getattr(other, n) for n in names
    )


@each_model
def test_a_company_with_other_numbers_has_the_program_that_composing_gives(kind):
    policy = replace(POLICY, effects=effects())
    ready(begin(sheet(), company(kind), policy))
    model, policy = moved(kind, 0.15), replace(POLICY, effects=effects(0.1))
    assert same(ready(begin(sheet(), model, policy)), assemble(compose(sheet(), model, policy)))


def test_steps_are_written_once_for_all_numbers_of_a_company(composed):
    for by in (0.0, 0.1, -0.1):
        ready(begin(sheet(), moved("scale-up-manufacturer", by), POLICY))
    assert len(composed) == len(set(composed)) > 0


def test_a_second_process_takes_the_program_from_disk(composed):
    model = moved("scale-up-manufacturer", 0.1)
    first = ready(begin(sheet(), model, POLICY), ("fund.npv", "fund.irr"))
    programs.clear()
    composed.clear()
    second = ready(begin(sheet(), model, POLICY), ("fund.npv", "fund.irr"))
    assert not composed
    assert same(first, second)
    assert same(second, assemble(prune(compose(sheet(), model, POLICY), ("fund.npv", "fund.irr"))))


def test_convertible_notes_shape_the_steps_and_have_a_program_of_their_own():
    policy, notes = POLICY, Distribution("fixed", (0.3,))
    for share in (Distribution("fixed", (0.0,)), notes, Distribution("fixed", (0.0,))):
        model = company("scale-up-manufacturer", convertible=share)
        assert same(ready(begin(sheet(), model, policy)), assemble(compose(sheet(), model, policy)))


def test_another_sheet_and_another_rate_have_a_program_of_their_own():
    model = company("scale-up-manufacturer")
    ready(begin(sheet(), model, POLICY))
    for terms, policy in ((sheet(horizon=6), POLICY), (sheet(), replace(POLICY, hurdle=0.2))):
        assert same(ready(begin(terms, model, policy)), assemble(compose(terms, model, policy)))


@each_model
def test_a_company_alone_is_taken_too(kind):
    ready(_begin_alone(company(kind), 8, lenders=True))
    model = moved(kind, 0.1)
    taken = ready(_begin_alone(model, 8, lenders=True))
    assert same(taken, assemble(_begin_alone(model, 8, lenders=True).finish()))
    assert forecast(model, 8, paths=16).values["cash"].shape == (8, 16)


def test_a_step_that_looks_at_a_number_of_which_the_model_does_not_say_so_is_refused():
    with pytest.raises(ValueError, match="growth"):
        company("scale-up-manufacturer").for_steps().parameters["growth"]
