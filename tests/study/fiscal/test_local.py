from tests.study.diligence.views import fact, view_of

from guanzi.base.core import render
from guanzi.study.fiscal import local_effects


def test_without_facts_jobs_and_tax_are_gaps_even_when_headcount_is_known():
    view = view_of(fact("headcount", "2019-12-11", 7800.0, "people"), fact("revenue", 2019, 7824.9))
    for effect in local_effects(view):
        assert (effect.value, effect.low, effect.high, effect.facts) == (None, None, None, ())
        assert "no fact is on record" in render(effect.message)


def test_facts_are_read_with_their_interval():
    held = fact("jobs_local", 2019, (1800.0, 2200.0), "jobs")
    jobs, tax = local_effects(view_of(held))
    assert (jobs.value, jobs.low, jobs.high) == (2000.0, 1800.0, 2200.0)
    assert jobs.facts == (held.id,)
    assert render(jobs.message) == "Jobs in the region, 2019: 2,000."
    assert tax.value is None
