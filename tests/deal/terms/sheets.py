"""A small invented deal as text, to change and to read."""

from pathlib import Path

from guanzi.base.core import Problem, format_problem, render
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.deal.terms import SheetReading, TermSheet, parse_sheet, read_sheet

EXAMPLE = Path(__file__).parent / "example_motors.yaml"
"""A larger deal, with every kind of clause."""

DEAL = """\
deal: example-riverton
title: Example Motors and Riverton
status: definitive
currency: CNY
unit: 1e6
known_on: 2024-03-01
signed: 2024-03-15
horizon: 10 years
step: quarter

parties:
  company:   {role: issuer, name: Example Motors}
  city:      {role: public, name: Riverton, limits: {total: 3000}}
  province:  {role: public, name: the province}
  founder:   {role: holder}

instruments:
  stake:
    type: equity
    issuer: company
    share: 18%
    holders: {city: 12%, province: 6%}
    split: {city: 60%, province: unknown}
    tranches:
      - {id: t1, amount: {city: 600, province: 300}, due: 2024-04-15, if: "event('closing')"}
      - {id: t2, amount: 1000, due: 2024-12-31, if: "tier('plant')", expires: 2025-12-31}
      - {id: t3, amount: {city: 500, province: {unknown: {low: 200, high: 400, note: press}}}, due: 2025-12-31}
    contribution: {company: {cash: 400, assets: {value: 1500, basis: independent valuation}}}
  put:
    type: put
    on: stake
    holders: [city, province]
    obligors: [company]
    price: {rate: 8.5%, basis: unknown}
    when: >
      (months_since('t1') > 60 and not listed)
      or consecutive(year_total(units) < 20_000, years=2)
      or control_changed
  call:
    type: call
    on: stake
    holder: company
    portion: 50% of city
    price: {rate: 10%, basis: simple}
    when: not listed

covenants:
  headquarters: {require: hq_local, from: 2024-12-31, remedy: put}
  control:      {require: "founder_share >= 40%", until: listed, remedy: unknown}

tiers:
  - {id: office, when: plant_local, baseline: true, name: the sales office}
  - id: plant
    when: "capacity_local >= 100_000"
    proof: acceptance certificate
    leaving_costs: {low: 800, high: 2000, source: judgement}

events:
  closing: {name: conditions of closing are met, due: 2024-04-10, probability: 95%, by: company}

unknown_clauses:
  liquidation: {text: Rank and amount in a liquidation}
"""


def changed(old: str = "", new: str = "", text: str = DEAL) -> str:
    """The deal with one passage changed; the passage must be there once."""
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new) if old else text


def document(text: str) -> YamlDocument:
    return parse_yaml(TextFile("deal.yaml", text, tuple(text.split("\n"))))


def reading(old: str = "", new: str = "") -> SheetReading:
    return read_sheet(document(changed(old, new)))


def parsed(old: str = "", new: str = "") -> TermSheet:
    return parse_sheet(document(changed(old, new)))


def problem(old: str, new: str) -> Problem:
    """The one problem that a change brings about; its sentences can be said."""
    found = reading(old, new).problems
    assert len(found) == 1, [format_problem(p) for p in found]
    assert "deal.yaml:" in format_problem(found[0])
    return found[0]


def said(problem: Problem) -> str:
    """Cause and fix of a problem as they are read."""
    fix = f" — {render(problem.fix)}" if problem.fix else ""
    return render(problem.cause) + fix
