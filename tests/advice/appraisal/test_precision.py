"""A precision is asked in place of a number of paths: what is found is what that number of paths says by itself."""

import pytest

from guanzi.advice.appraisal import precision
from guanzi.advice.appraisal.apart import HEADLINES
from guanzi.advice.appraisal.compose import appraise, run, simulated_figures
from guanzi.advice.appraisal.precision import Precision, parse_precision, paths_for, precision_message
from guanzi.advice.appraisal.prepare import prepare
from guanzi.base.core import InvalidInput, render
from guanzi.engine.simulation import Z_95, Running
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

FAILURE = "company.failure_probability_5y"


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(precision, "FIRST", 512)
    monkeypatch.setattr(precision, "STEP", 256)
    monkeypatch.setattr(precision, "MOST_SOUGHT", 2_048)
    monkeypatch.setattr(precision, "MOST", 2_048)


@pytest.fixture(scope="module")
def foxconn():
    """A deal whose paths carry no weights."""
    return prepare(load_case(find_case("foxconn-wisconsin-2017")), None, load_playbook("hefei"))


@pytest.fixture(scope="module")
def nio():
    """A deal whose paths carry weights."""
    return prepare(load_case(find_case("nio-hefei-2020")), None, load_playbook("hefei"))


def _figures(prepared, paths):
    found = run(prepared, paths, running=Running(1))
    assert found is not None
    return simulated_figures(prepared, found)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_figure_is_that_of_the_number_of_paths_at_which_it_stopped(nio, threads):
    reached = paths_for(nio, Precision(0.03, FAILURE), running=Running(threads))
    assert reached.met
    assert reached.paths > 512
    alone = _figures(nio, reached.paths)
    assert alone[FAILURE] == reached.figure
    assert Z_95 * alone[FAILURE].error == reached.error <= 0.03


def test_a_bound_that_is_met_at_once_asks_for_no_more(nio):
    assert paths_for(nio, Precision(0.5, FAILURE)).paths == 512


def test_what_cannot_be_reached_is_said_with_what_was(nio):
    reached = paths_for(nio, Precision(0.0001, FAILURE))
    assert reached is not None
    assert not reached.met
    assert reached.weighted
    assert reached.paths == 2_048
    assert "not reached" in render(precision_message(reached, "CNY"))
    assert "未达到" in render(precision_message(reached, "CNY"), "zh")


def test_an_amount_is_asked_as_a_part_of_what_is_paid(nio):
    reached = paths_for(nio, Precision(0.9, "fund.npv_mean"))
    paid = _figures(nio, reached.paths)["public.paid_mean"].value
    assert reached.allowed == pytest.approx(0.9 * paid)


def test_the_first_headline_that_the_deal_has_is_meant(foxconn):
    reached = paths_for(foxconn, Precision(0.5))
    figures = _figures(foxconn, reached.paths)
    assert reached.figure.id == next(id for id in HEADLINES if id in figures and figures[id].error is not None)


@pytest.mark.parametrize("said", ["", "half", "0%", "-1%", "200%", "a=b=1%", "fund.irr=1%", "company.survival=0.5%"])
def test_what_is_no_precision_is_refused(said):
    with pytest.raises(InvalidInput):
        parse_precision(said)


def test_a_figure_that_the_deal_lacks_is_refused(foxconn):
    with pytest.raises(InvalidInput):
        paths_for(foxconn, Precision(0.5, "put.payable"))


def test_headlines_of_an_appraisal_tell_their_error():
    found = appraise(load_case(find_case("nio-hefei-2020")), paths=512)
    errors = {id: found.figures[id].error for id in HEADLINES}
    assert all(error is not None for error in errors.values())
    assert sum(error > 0 for error in errors.values()) >= 6
