"""What the page of the panel says of failures by class of company is what its tables hold."""

import re
from pathlib import Path

from guanzi.intake.bets import settled_bets

ROOT = Path(__file__).parents[3]
TABLES = (ROOT / "benchmarks/results/panel-floors.md").read_text("utf-8")
PAGE = " ".join((ROOT / "docs/methods/panel.md").read_text("utf-8").split())


def row(day, kind, within):
    """Failed, its range, and the liquidations expected with the floor by class."""
    part = TABLES.split(f"### {day}")[1].split(f"**{kind}")[1].split("**")[1].split("###")[0]
    cells = next(line for line in part.splitlines() if line.startswith(f"| {within} |")).strip("|").split("|")
    failed, low, high = map(float, re.findall(r"[\d.]+", cells[2].replace("90 %", "")))
    return failed, low, high, float(cells[3]), float(cells[4])


def test_with_cash_the_failures_that_came_lie_within_the_error_of_those_expected():
    for day in ("As of 2021-02-19", "All three days"):
        failed, low, high, _, expected = row(day, "Listed, cash", "3 years")
        assert failed == 4
        assert low <= expected <= high
    assert row("All three days", "Listed, cash", "3 years")[3] > row("All three days", "Listed, cash", "3 years")[2]


def test_with_debt_failure_is_still_expected_too_often_and_the_page_says_by_how_much():
    found = [row(day, "Listed, debt", "3 years") for day in ("As of 2021-02-19", "All three days")]
    assert all(expected > high for _, _, high, _, expected in found)
    told = re.search(r"too often, ([\d.]+) within three years where (\d) came, and ([\d.]+) where (\d) came", PAGE)
    assert told is not None
    assert [float(x) for x in told.groups()] == [found[0][4], found[0][0], found[1][4], found[1][0]]


def test_the_three_base_rates_are_those_of_their_sources():
    failed = sum(row("All three days", kind, "3 years")[0] for kind in ("Listed, cash", "Listed, debt"))
    assert f"{failed:.0f} of 422 companies and days within three years" in PAGE
    lost = sum(share == 0.0 for _, share in settled_bets())
    assert f"{lost} of {len(settled_bets())} settled bets" in PAGE
