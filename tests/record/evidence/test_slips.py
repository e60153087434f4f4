"""Slips that a newcomer made: each is a warning that says how to fix it."""

from pathlib import Path

import pytest

from guanzi.record.evidence import load_case

HEAD = """format: 1
case: slip
title: A slip
company: {id: river, name: River Motors}
region: {id: riverton, name: Riverton, country: CN}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2024-03-15
question: Should we?
"""
FACTS = """sources:
  report: {{publisher: River, title: Annual report, date: 2024-01-31, grade: B}}
facts:
  - {{id: a, period: 2023, known_on: 2024-01-31, source: report, {fact}}}
"""


def warned(folder: Path, fact: str) -> set[str]:
    (folder / "facts").mkdir(parents=True)
    (folder / "case.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "facts" / "facts.yaml").write_text(FACTS.format(fact=fact), encoding="utf-8")
    return {p.cause.id for p in load_case(folder).warnings}


@pytest.mark.parametrize(
    ("slip", "right", "cause"),
    [
        ("name: budget_revenue, value: 100, unit: CNY m",
         "subject: region, name: budget_revenue, value: 100, unit: CNY m", "evidence.fact.of_a_region"),
        ("name: net_loss, value: -1900, unit: CNY m", "name: net_loss, value: 1900, unit: CNY m",
         "evidence.fact.positive"),
        ("name: deliveries, value: 3.4, unit: vehicles", "name: deliveries, value: 34000, unit: vehicles",
         "evidence.fact.whole"),
    ],
)  # fmt: skip
def test_a_slip_is_warned_of_and_the_right_form_is_not(tmp_path, slip, right, cause):
    assert cause in warned(tmp_path / "slip", slip)
    assert cause not in warned(tmp_path / "right", right)
