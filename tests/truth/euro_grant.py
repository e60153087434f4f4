"""A small case in euros with four public parties: a federation, a Land, a fund and a town, each with its own budget."""

from __future__ import annotations

from pathlib import Path

from guanzi.record.evidence import load_case

CASE = """\
format: 1
case: cellworks-uplands
title: Cellworks and Uplands
title_zh: 电芯公司与上原州
company: {id: cellworks, name: Cellworks, name_zh: 电芯公司}
region: {id: uplands, name: Uplands, name_zh: 上原州, country: DE}
industry: battery-cells
model: scale-up-manufacturer
currency: EUR
decision_date: 2025-03-31
question: Shall the Land join the grant of the federation?
question_zh: 本州是否参与联邦补助？
"""
SHEET = """\
deal: cellworks
status: draft
currency: EUR
unit: 1e6
known_on: 2025-03-15
signed: 2025-06-30
horizon: 10 years
parties:
  company: {role: issuer, name: Cellworks}
  federation: {role: public, name: Federation}
  uplands: {role: public, name: Land Uplands}
  growth_fund: {role: public, name: Growth Fund}
  harbour: {role: public, name: Harbour}
  parent: {role: holder, name: Parent}
instruments:
  loan: {type: loan, lender: growth_fund, borrower: company, amount: 60, rate: 4%, years: 5, drawn: 2025-12-31}
incentives:
  main: {type: grant, from: federation, amount: 500, start: 2026-06-30, if: "capacity_local >= 10_000"}
  match: {type: grant, from: uplands, amount: 130, start: 2026-06-30, if: "capacity_local >= 10_000"}
  site: {type: land, from: harbour, value: 40, discount: 30%, due: 2025-09-30}
"""
FACTS = """\
sources:
  report: {publisher: A ministry, title: Report, date: 2025-02-28, grade: A}
facts:
"""
HELD: tuple[tuple[str, str, str, object, str], ...] = (
    ("company", "revenue", "2024", 220.0, "EUR m"),
    ("company", "revenue", "2023", 120.0, "EUR m"),
    ("company", "net_loss", "2024", 180.0, "EUR m"),
    ("company", "cash", "2024-12-31", 700.0, "EUR m"),
    ("company", "deliveries", "2024", 12000.0, "vehicles"),
    ("company", "gross_margin", "2024", -0.1, "ratio"),
    ("company", "headcount", "2024-12-31", 900.0, "people"),
    ("region", "budget_revenue", "2024", 16000.0, "EUR m"),
    ("federation", "budget_revenue", "2024", 440000.0, "EUR m"),
    ("harbour", "budget_revenue", "2024", 90.0, "EUR m"),
)
"""Subject, name, period, value, unit. Of the fund no revenue is held."""


def written(folder: Path, sheet: str = SHEET, held: tuple[tuple[str, str, str, object, str], ...] = HELD):
    """The case, written into a folder and read from there."""
    (folder / "facts").mkdir(parents=True, exist_ok=True)
    (folder / "terms").mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "terms" / "2025-03-15.yaml").write_text(sheet, encoding="utf-8")
    rows = (
        f"  - {{id: f{n}, subject: {subject}, name: {name}, period: {period}, value: {value}, unit: {unit}, "
        f"known_on: 2025-02-28, source: report}}\n"
        for n, (subject, name, period, value, unit) in enumerate(held)
    )
    (folder / "facts" / "facts.yaml").write_text(FACTS + "".join(rows), encoding="utf-8")
    return load_case(folder)
