"""The demonstration shows a case from its first look to a broken covenant, and says what of it is invented."""

import json
import subprocess
import sys
from datetime import date

import pytest
from tests.office.committee import quick

from guanzi.office.auditlog.log import prepare_log
from guanzi.office.models import OfficeCase, TrancheRelease, WarningSeen
from guanzi.office.serving import demonstration
from guanzi.office.serving.sample import CASE, last_quarter

LOOK = """
import json, sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1]))
office.prepare()
assert office.demonstrate()
from guanzi.office.models import ExpertJudgement, OfficeCase, TrancheRelease, WarningSeen
case = OfficeCase.objects.get(slug=sys.argv[2])
print(json.dumps({
    "state": case.state,
    "streams": sorted(set(case.streams.values_list("state", flat=True))),
    "rounds": sorted(ExpertJudgement.objects.values_list("person__username", "round")),
    "paid": list(TrancheRelease.objects.values_list("tranche", "state")),
    "broken": list(WarningSeen.objects.filter(kind="covenant", seen_by=None).values_list("rule", "state")),
    "told": list(case.watched.filter(content__document="demonstration").values_list("name", flat=True)),
    "notes": [one["note"] for one in case.watched.filter(name="founder_share").values_list("content", flat=True)],
}))
"""


@pytest.mark.prove
def test_the_demonstration_shows_a_payment_a_broken_covenant_and_a_whole_panel(tmp_path):
    made = subprocess.run([sys.executable, "-c", LOOK, str(tmp_path / "o"), CASE], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-2000:]
    assert "warning" not in made.stderr
    told = json.loads(made.stdout.splitlines()[-1])
    assert (told["state"], told["streams"]) == ("signed", ["signed"])
    assert told["rounds"] == [["he", 1], ["he", 2], ["qian", 1], ["qian", 2]]
    assert told["paid"] == [["i1", "released"]]
    assert ["transfer_lock", "breached"] in told["broken"]
    assert told["told"] == ["milestone_verified"]
    assert any("Demonstration: invented" in str(note) for note in told["notes"])


def test_its_people_come_to_a_payment_and_a_broken_covenant_whatever_the_appraisal_holds(db, monkeypatch):
    quick(monkeypatch)
    monkeypatch.setattr(demonstration, "CASES", (CASE,))
    prepare_log()
    assert demonstration.demonstrate().keys() == demonstration.PEOPLE.keys()
    case = OfficeCase.objects.get()
    assert (case.state, {stream.state for stream in case.streams.all()}) == ("signed", {"signed"})
    assert list(TrancheRelease.objects.values_list("tranche", "state")) == [("i1", "released")]
    broken = WarningSeen.objects.filter(kind="covenant", seen_by=None).values_list("rule", "state")
    assert ("transfer_lock", "breached") in broken


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2025Q4"),
        (date(2026, 3, 31), "2025Q4"),
        (date(2026, 4, 1), "2026Q1"),
        (date(2026, 12, 31), "2026Q3"),
    ],
)
def test_the_last_quarter_is_one_that_has_ended(day, quarter):
    assert last_quarter(day) == quarter
