"""The refinery of :mod:`tests.truth.test_new_cases` with what its sales rest on: it can be forecast."""

from __future__ import annotations

import shutil
from pathlib import Path

CASES = Path(__file__).parent / "cases"
SALES_HELD = """\
  - {id: price, name: unit_price, value: 0.02, unit: USD m, period: "2024-03-31", known_on: 2024-05-15, source: sme}
  - {id: trial, name: deliveries, value: 400, unit: units, period: "2023", known_on: 2024-05-15, source: sme}
  - {id: capacity, name: plan_capacity, value: 40000, unit: units/year, period: "2027", known_on: 2024-05-15,
     source: sme}
"""


def sold_refinery(folder: Path, *, told: str = SALES_HELD, industry: str = "lithium-refining") -> Path:
    """A copy of the case with more facts, of an industry."""
    shutil.copytree(CASES / "lithium-thacker-pass-2024", folder)
    for name, old, new in (
        ("case.yaml", "industry: lithium-refining", f"industry: {industry}"),
        ("facts/facts.yaml", "facts:\n", f"facts:\n{told}"),
    ):
        text = (folder / name).read_text("utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder
