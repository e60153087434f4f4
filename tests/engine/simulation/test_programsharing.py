"""Deals of many companies by one program: the values of the company's own program, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.engine.company import Streams
from guanzi.engine.machine import assemble, lanes_of, with_streams
from guanzi.engine.simulation import Sampler, SharedProgramSampler
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.programsharing import ANY
from guanzi.jobs.shared.versions import find_version, setting_of
from guanzi.record.playbooks import load_playbook

OUTPUTS = ("fund.npv", "public.npv", "fund.paid")


def same(sheet, model, policy) -> None:
    placed = SharedProgramSampler(OUTPUTS, paths=600, seed=5, threads=1).draw(sheet, model, policy)
    own = Sampler(OUTPUTS, paths=600, seed=5, threads=1).draw(sheet, model, policy)
    assert all(np.array_equal(placed[name], own[name], equal_nan=True) for name in OUTPUTS)


@pytest.mark.parametrize("streams", [Streams(), Streams("alpha", "cars"), Streams("alpha"), ANY], ids=str)
def test_any_company_has_the_values_of_its_own_program(streams):
    same(sheet(), replace(model(), streams=streams), POLICY)


@pytest.mark.parametrize(
    "case", ["boe-hefei-2008", "evergrande-guangzhou-2019", "nio-hefei-2020", "ubtech-puyang-2022"]
)
def test_so_has_a_case_of_the_library(case):
    version = find_version(case)
    assert version.case is not None
    setting = setting_of(version, version.case.view(version.case.decision_date), load_playbook("hefei"))
    same(setting.sheet, setting.model, setting.policy)


def test_companies_of_one_kind_of_deal_share_a_program():
    sampler = SharedProgramSampler(OUTPUTS, paths=64, seed=5, threads=1)
    for company in "abcd":
        sampler.draw(sheet(), replace(model(), streams=Streams(company, "cars")), POLICY)
    assert sampler.assembled <= 1


def test_streams_that_are_not_all_moved_are_refused():
    code = lanes_of(assemble(compose(sheet(), replace(model(), streams=ANY), POLICY)))
    assert ANY.own >= 1 << 29
    with pytest.raises(ValueError, match="not moved"):
        with_streams(code, {ANY.own: 0})
