"""A deal that was refused was never signed: it is not monitored, paid, reported on or held in a fund."""

from datetime import date

import pytest

from guanzi.base.core import InvalidInput
from guanzi.jobs.following import fund, monitoring, release, reporting
from guanzi.record.evidence import builtin_cases, find_case, load_case

REFUSED = [name for name in builtin_cases() if load_case(find_case(name)).decision == "refused"]
DAY = date(2025, 6, 30)
ASKED = {
    "monitor": lambda case: monitoring.monitor(monitoring.Request(case, DAY, paths=0)),
    "release": lambda case: release.release(release.Request(case, "i1", DAY)),
    "fund": lambda case: fund.hold(fund.Request((case,), DAY)),
    "report": lambda case: reporting._signed(case),
}


def test_the_library_holds_deals_that_were_refused():
    assert {"lilium-bavaria-2024", "nio-huzhou-2019"} <= {*REFUSED}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_deal_is_not_followed(name, asked):
    with pytest.raises(InvalidInput) as refusal:
        ASKED[asked](name)
    assert [problem.cause.id for problem in refusal.value.problems] == ["desk.monitor.refused"]
