"""A toy deal for comparisons: five instalments on revenue targets, a put with interest, a listing, jumps to default.

Its terms are the text of ``toy.yaml``, lowered as any term sheet is; the company is the least that a deal can be
lowered on. All numbers are invented.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from guanzi.base.reading import read_yaml
from guanzi.deal.program import CompanySlots, DealLowering, Emitter, ExitPolicy
from guanzi.deal.terms import parse_sheet
from guanzi.engine.machine.assembler import Assembled, assemble

STEPS, PUT_STEP = 60, 20
REVENUE, CASH, RESERVE = 100.0, 150.0, 10.0
DRIFT, SHOCK, MARGIN_SHOCK = 0.03, 0.15, 0.05
HAZARD, DISTRESS, BROKE = 0.004, 0.06, 0.5
AMOUNTS = (60.0, 80.0, 80.0, 100.0, 120.0)
DUE = (0, 3, 6, 9, 12)
TARGETS = (0.0, 105.0, 115.0, 130.0, 150.0)
SHARE, INTEREST, RATE = 0.18, 1.085**0.25, 1.04**0.25
LISTING_FROM, LISTING_REVENUE, LISTING_CHANCE = 8, 180.0, 0.06
VALUE, LOAN, SALE, OWED = 12.0, 2.0, 1.5, 1.0
"""For each unit of quarterly revenue: value of the equity, what can be borrowed to pay the put, what the assets fetch
in failure, and what creditors are owed beside loans."""
TAX, REBATE, BUT_FOR, JOBS = 0.06, 0.5, 0.25, 2.0
MARGIN = np.minimum(-0.22 + 0.02 * np.arange(STEPS), 0.12)
DISCOUNT = RATE ** -np.arange(STEPS)
OUTPUTS = ("npv", "loss", "peak", "jobs", "irr")
SHEET = Path(__file__).with_name("toy.yaml")


def tax_rate(t: int) -> float:
    """Tax kept for each unit of revenue, of what would not be there without the deal."""
    return TAX * (REBATE if t < PUT_STEP else 1.0) * BUT_FOR


class Company:
    """Lognormal revenue, a margin that rises, a listing, and a hazard of default that rises when cash runs out."""

    def __init__(self, e: Emitter) -> None:
        self.e = e
        for name in ("z", "y", "u", "w"):
            e.number(f"draw.{name}")
        for account, first in (("company", CASH), ("world", 0.0), ("market", 0.0)):
            e.account(f"acct.{account}", first)
        for name in ("profit", "debt", "borrowable", "sale", "estate", "ahead"):
            e.number(name)
        e.number("reserve", RESERVE)
        e.number("revenue", REVENUE)
        e.number("mark", VALUE * REVENUE)
        e.number("dilution", 1.0)
        e.truth("listed")
        e.truth("solvent", True)
        self.slots = CompanySlots(
            {"revenue": "revenue", "listed": "listed"}, {}, "acct.company", "acct.world", "acct.market", "mark",
            "solvent", "dilution", "debt", "reserve", "borrowable", "estate", "ahead",
        )  # fmt: skip

    def move(self, t: int) -> None:
        """Revenue, profit and cash of a step; listing."""
        e = self.e
        for i, (kind, name) in enumerate((("NORMAL", "z"), ("NORMAL", "y"), ("UNIFORM", "u"), ("UNIFORM", "w"))):
            e.draw(kind, f"draw.{name}", 0, 4 * t + i)
        growth = e("EXP", e("AFF", "draw.z", k=(SHOCK, DRIFT - 0.5 * SHOCK * SHOCK)))
        e.do("COPY", "revenue", e("MUL", "revenue", growth))
        e.do("MUL", "profit", e("AFF", "draw.y", k=(MARGIN_SHOCK, float(MARGIN[t]))), "revenue")
        e.do("XFER", "acct.world", "acct.company", "profit")
        e.do("MULK", "borrowable", "revenue", k=LOAN)
        if t >= LISTING_FROM:
            lists = e("AND", e("GEK", "revenue", k=LISTING_REVENUE), e("LTK", "draw.w", k=LISTING_CHANCE))
            e.do("LATCH", "listed", lists)

    def mark(self) -> None:
        """What its equity is worth, what it would fetch and what creditors are owed, after the payments of a step."""
        e = self.e
        e.do("MULK", "mark", "revenue", k=VALUE)
        e.do("MULK", "sale", "revenue", k=SALE)
        e.do("ADD", "estate", "sale", e("MAXK", "acct.company", k=0.0))
        e.do("ADD", "ahead", e("MULK", "revenue", k=OWED), "debt")

    def fails(self) -> str:
        """The truth that it defaults in this step; its assets are sold."""
        e = self.e
        runway = e("MULK", e("DIV", "acct.company", "profit"), k=0.25)
        distress = e("MULK", e("EXP", e("MINK", runway, k=0.0)), k=DISTRESS)
        loses = e("AND", "solvent", e("LTK", "profit", k=0.0))
        hazard = e("ADDK", e("MSK", loses, distress), k=HAZARD)
        hazard = e("SEL", e("LTK", "acct.company", k=0.0), e("SET", k=BROKE), hazard)
        failed = e("AND", e("GT", hazard, "draw.u"), "solvent")
        e.do("XFER", "acct.world", "acct.company", e("MSK", failed, "sale"))
        e.do("DROP", "solvent", failed)
        return failed


def toy_program(*, irr: bool = True) -> Assembled:
    """The deal of the term sheet and its company, as arrays for both back-ends."""
    sheet = parse_sheet(read_yaml(SHEET))
    e = Emitter()
    company = Company(e)
    deal = DealLowering(sheet, e, company.slots, ExitPolicy(lockup_months=0.0, discount=0.0, horizon_haircut=0.0))
    for name in ("before", "npv", "total", "least", "jobs", "terminal", "irr.rate", "irr.status"):
        e.number(name)
    deal.begin()
    for t in range(STEPS):
        company.move(t)
        deal.events(t)
        deal.tiers_and_covenants(t)
        e.do("COPY", "before", "acct.city")
        deal.rights(t)
        deal.payments(t)
        company.mark()
        deal.recoveries(t)
        deal.failure(company.fails())
        _record(e, deal, t)
        e.end_step()
    e.output("npv", "npv")
    e.output("loss", e("NEG", e("ADD", "acct.city", "terminal")))
    e.output("peak", e("NEG", "least"))
    e.output("jobs", e("MULK", "jobs", k=1.0 / STEPS))
    if irr:
        e.do("IRR", "irr.rate")
        e.output("irr", "irr.rate")
    e.end_step()
    return assemble(e.program)


def _record(e: Emitter, deal: DealLowering, t: int) -> None:
    """Flows between the city and the deal, at the horizon with what it still holds; taxes and jobs."""
    flow = e("SUB", "acct.city", "before")
    if t == STEPS - 1:
        e.do("COPY", "terminal", deal.stake_value("city", "mark"))
        flow = e("ADD", flow, "terminal")
    e.flow(t, flow)
    kept = e("MSK", "solvent", "revenue")
    total = e("ADD", flow, e("MULK", kept, k=tax_rate(t)))
    e.do("ACCK", "jobs", kept, k=JOBS)
    e.do("ACCK", "npv", total, k=float(DISCOUNT[t]))
    e.do("ACC", "total", total)
    e.do("LOWER", "least", e("COPY", "total"))
