"""A hand-made appraisal for the tests of the dossier: its shape is real, its simulated numbers are invented."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from guanzi.advice.appraisal.advice_data import Demand, Reversal, Row
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import (
    Accounts,
    Appraisal,
    CaseData,
    ClauseData,
    Exposure,
    FactData,
    Fan,
    Figure,
    FindingData,
    Limit,
    Observation,
    ParameterData,
    Party,
    Payment,
    PlaybookData,
    SourceData,
    Summary,
    TierCurve,
    Versions,
    Year,
)
from guanzi.advice.appraisal.plan_data import PlanData, QuestionData, StreamCoverage
from guanzi.advice.appraisal.sensitivity_data import SensitivityData, TornadoSpanData
from guanzi.advice.appraisal.table_data import Column, TableData

STEPS = tuple(date(2020 + (3 + 3 * i) // 12, (3 + 3 * i) % 12 + 1, 1) for i in range(40))
DELIVERIES = {
    "2018Q2": 100,
    "2018Q3": 3268,
    "2018Q4": 7980,
    "2019Q1": 3989,
    "2019Q2": 3553,
    "2019Q3": 4799,
    "2019Q4": 8224,
    "2020Q1": 3838,
}
MARGINS = {"2019Q1": -0.072, "2019Q2": -0.241, "2019Q3": -0.068, "2019Q4": -0.06}
ENDS = {"Q1": (3, 31), "Q2": (6, 30), "Q3": (9, 30), "Q4": (12, 31)}


def words(text: str) -> Text:
    """A sentence that is not in a catalogue."""
    return Text(id="reports.unit.count", params={"number": text})


def fan(id: str, label: str, unit: str, level: float, growth: float, spread: float) -> Fan:
    """A fan that opens with the square root of time around a straight line."""
    middle = [level + growth * i for i in range(len(STEPS))]
    wide = [spread * math.sqrt(i + 1) for i in range(len(STEPS))]
    bands = {q: tuple(m + f * w for m, w in zip(middle, wide, strict=True))
             for q, f in (("p5", -1.0), ("p25", -0.4), ("p50", 0.0), ("p75", 0.5), ("p95", 1.6))}  # fmt: skip
    return Fan.model_validate({"id": id, "label": words(label), "unit": unit, "dates": STEPS, **bands})


def loss(id: str, label: str, share: float) -> Fan:
    """A loss that rises with the payments and falls as value stays."""
    paid = [min(7000.0, 3500.0 + 900.0 * i) * share * math.exp(-0.03 * i) for i in range(len(STEPS))]
    bands = {q: tuple(v * f for v in paid)
             for q, f in (("p5", 0.35), ("p25", 0.8), ("p50", 1.0), ("p75", 1.04), ("p95", 1.1))}  # fmt: skip
    return Fan.model_validate({"id": id, "label": words(label), "unit": "CNY m", "dates": STEPS, **bands})


def end_of(quarter: str) -> date:
    """Last day of a quarter."""
    return date(int(quarter[:4]), *ENDS[quarter[4:]])


def sample() -> Appraisal:
    """The appraisal."""
    facts = [
        FactData(id=f"{name.replace('_', '-')}-{q.lower()}", subject="company", name=name, period=q, value=v, unit=unit,
                 known_on=date(2020, 3, 18), known_to="public", source="results-2019q4", confidence="high", chosen=True)
        for name, unit, values in (("deliveries", "vehicles", DELIVERIES), ("vehicle_margin", "ratio", MARGINS))
        for q, v in values.items()
    ]  # fmt: skip
    common: dict[str, Any] = {"known_to": "public", "source": "results-2019q4", "confidence": "high", "chosen": True}
    facts += [
        FactData(id="going-concern", subject="company", name="going_concern_doubt", period="2019-12-31", value=True,
                 unit="flag", known_on=date(2020, 3, 18), rule=words("Best source grade, then latest."), **common),
        FactData(id="equity-2019", subject="company", name="equity", period="2019-12-31", value=-4907.1, unit="CNY m",
                 known_on=date(2020, 3, 18), note="Total shareholders' deficit.", **common),
        FactData(id="budget-2019", subject="region", name="budget_revenue", period="2019", value=74598.5, unit="CNY m",
                 known_on=date(2020, 2, 1), known_to="public", source="hefei", confidence="high", chosen=True),
        FactData(id="guidance", subject="company", name="delivery_guidance", period="2020Q1", value=(3400.0, 3600.0),
                 unit="vehicles", known_on=date(2020, 3, 18), known_to="public", source="mirror", confidence="medium",
                 chosen=False),
        FactData(id="put-terms", subject="company", name="local_plant", period="2016", unit="text",
                 value="Plant built with JAC in Hefei; 江淮蔚来 F1", known_on=date(2020, 4, 29), known_to="parties",
                 source="filing", confidence="low", chosen=True, held_because="The parties held it."),
    ]  # fmt: skip
    figures = {
        f.id: f
        for f in (
            Figure(id="fund.npv", label=words("Net present value to the fund"), value=7020.4, low=-2100.2, high=14300.9,
                   unit="CNY m", kind="simulated", parents=("simulation", "terms.put", "fact.equity-2019")),
            Figure(id="fund.loss", label=words("Probability that the fund loses money"), value=0.2234, unit="ratio",
                   kind="simulated", sample=(44680, 200000), parents=("simulation",)),
            Figure(id="fund.irr", label=words("Internal rate of return"), value=0.112, low=-0.31, high=0.26,
                   unit="ratio", kind="simulated", parents=("simulation", "fund.npv")),
            Figure(id="fund.put", label=words("Expected receipt from the put where it is exercised, against its price"),
                   value=0.31, low=0.02, high=0.94, unit="ratio", kind="simulated", parents=("simulation", "terms.put"),
                   note=words("The put is exercised mostly when its obligor cannot pay: wrong-way risk.")),
            Figure(id="budget.worst", label=words("Worst year against budget revenue"), value=0.0671, low=0.05,
                   high=0.067, unit="ratio", kind="derived", parents=("budget-2019", "simulation")),
            Figure(id="budget.limit", label=words("Limit of one year"), value=0.05, unit="ratio", kind="policy",
                   parents=("playbook",)),
            Figure(id="exposure.unbound", label=words("Paid before any new tier"), value=7000.0, unit="CNY m",
                   kind="derived", parents=("terms.t1",)),
            Figure(id="budget.revenue", label=words("Budget revenue of Hefei, 2019"), value=74598.5, unit="CNY m",
                   kind="fact", parents=("budget-2019",)),
            Figure(id="cluster.jobs", label=words("Local jobs"), value=None, unit="jobs", kind="gap",
                   note=words("No document says how many jobs are in Hefei.")),
            Figure(id="ratio.z", label=words("Altman Z″"), value=-6.1, unit="x", kind="derived",
                   parents=("equity-2019",), note=words("Misleads for young manufacturers.")),
        )
    }  # fmt: skip
    findings = (
        finding("going-concern.doubt", "finance", "risk", "critical", "The auditor's doubt about going concern stands"
                " in the accounts of 2019.", ("going-concern",)),
        finding("equity.negative", "finance", "risk", "critical", "Liabilities exceed assets by 4.9 bn yuan.",
                ("equity-2019",)),
        finding("competition.tesla", "market", "risk", "high", "Tesla builds 3,000 cars a week in Shanghai.", ()),
        finding("trend.deliveries", "operations", "asset", "high", "Deliveries rose to 8,224 in the fourth quarter of "
                "2019.", ("deliveries-2019q4",)),
        finding("plant.local", "operations", "asset", "medium", "The plant is in Hefei.", ("put-terms",)),
        finding("users.referral", "users", "gap", "high", "The referral rate of users is not known.", ()),
        finding("cluster.jobs", "public", "gap", "medium", "Local jobs and tax are not known.", ()),
    )  # fmt: skip
    return Appraisal(
        advice="back_with_conditions",
        as_signed="back_with_conditions",
        trend_changes={},
        as_of=date(2020, 4, 29),
        case=CaseData(id="sample", title="Sample: NIO and Hefei", industry="battery-electric-vehicles", currency="CNY",
                      company=Party(id="nio", name="NIO", name_zh="蔚来"),
                      region=Party(id="hefei", name="Hefei", name_zh="合肥"), decision_date=date(2020, 4, 29)),
        playbook=PlaybookData(id="hefei", version="1", made_on=date(2026, 11, 25), sha256="ab" * 32,
                              made_after_decision=True),
        versions=Versions(guanzi="0.1.0", schema_="1", view_sha256="cd" * 32, method_sha256="ef" * 32, seed=1,
                          paths=200000, steps=40, worlds=2),
        summary=Summary(
            question=words("Should Hefei put 7 bn yuan into NIO China?"),
            headline=words("Back, if instalments follow new binding: the worst year takes 6.7 % of budget revenue."),
            figures=("fund.npv", "fund.loss", "fund.put", "budget.worst", "exposure.unbound", "cluster.jobs"),
            reasons=(words("The put pays least when needed most."), words("All money is paid before any new tier."),
                     words("Deliveries and margin were rising before the epidemic.")),
            risks=("going-concern.doubt", "equity.negative", "competition.tesla"),
            assets=("trend.deliveries", "plant.local"), gaps=("users.referral", "cluster.jobs"),
            sentences=(words("Wide: the interval of the return crosses nought."),)),
        rows=(
            Row(id="gate.sources", stage="gate", rule=words("Key facts are held"), outcome="pass",
                consequence="insufficient_evidence", decided=False),
            Row(id="limit.year", stage="limit", rule=words("Worst year at most 5 % of budget revenue"), outcome="fail",
                consequence="condition", decided=True, figures=("budget.worst", "budget.limit"),
                findings=("equity.negative",)),
            Row(id="tradeoff.jobs", stage="tradeoff", rule=words("Jobs per million yuan"), outcome="no_evidence",
                consequence="condition", decided=False, figures=("cluster.jobs",)),
        ),
        reversals=(Reversal(text=words("A bridge resolves the doubt."), finding="going-concern.doubt",
                            row="limit.year", becomes="back"),),
        missing=(),
        demands=(Demand(id="tier-t3", text=words("Tie instalment 3 to a new tier."), because=("t1", "equity.negative")),
                 Demand(id="jobs", text=words("Report local jobs and tax every quarter."), because=("cluster.jobs",))),
        findings=findings,
        figures=figures,
        fans={"deliveries": fan("deliveries", "Deliveries per quarter", "vehicles", 6000, 1500, 4000).model_copy(
                  update={"observed": tuple(Observation(date=end_of(q), value=v, fact=f"deliveries-{q.lower()}")
                                            for q, v in DELIVERIES.items())}),
              "cash": fan("cash", "Cash of the company", "CNY m", 3000, 150, 2200)},
        trends={name: tuple(Observation(date=end_of(q), value=v, fact=f"{name.replace('_', '-')}-{q.lower()}")
                            for q, v in values.items())
                for name, values in (("deliveries", DELIVERIES), ("vehicle_margin", MARGINS))},
        exposure=exposure(),
        accounts=Accounts(
            fund=("fund.npv", "fund.irr", "fund.loss", "fund.put"), budget=("budget.worst", "budget.limit"),
            cluster=("cluster.jobs",),
            years=(Year(year=2020, planned=6000, mean=5700, low=4900, high=6000, receipts_mean=0, share_of_budget=0.08),
                   Year(year=2021, planned=1000, mean=930, low=0, high=1000, receipts_mean=0, share_of_budget=0.0125),
                   Year(year=2022, planned=0, mean=0, low=0, high=0, receipts_mean=410, share_of_budget=None))),
        yearly={"deliveries": fan("deliveries_year", "Deliveries a year", "vehicles", 20000, 5000, 9000)},
        fiscal=(),
        sensitivity=sensitivity(),
        plan=plan(),
        outside=TableData(
            id="outside",
            label=Text(id="appraisal.outside.label"),
            columns=(Column(label=Text(id="appraisal.outside.class"), unit=""),),
            rows=((Text(id="appraisal.outside.class.all"),),),
            sentence=Text(id="appraisal.outside.sentence.none", params={"day": "2020-04-29"}),
            parents=("precedent.boe-hefei-2008",),
        ),
        clauses=(
            ClauseData(id="t1", group="tranches", text=words("Instalment 1: 3.5 bn yuan, June 2020."), state="known",
                       place="terms/definitive.yaml:21", source="filing"),
            ClauseData(id="put", group="rights", text=words("The holders may sell back at 8.5 %."), state="known",
                       place="terms/definitive.yaml:40", source="filing"),
            ClauseData(id="put.obligors", group="rights", text=words("Who must pay under the put."), state="unknown",
                       place="terms/definitive.yaml:44"),
            ClauseData(id="split", group="tranches", text=words("Split between the holders: between 0 % and 100 %."),
                       state="bracketed", place="terms/definitive.yaml:30"),
        ),
        sheet="definitive",
        sheet_status="definitive",
        parameters=(ParameterData(id="price", label=words("Price of a vehicle"), distribution="normal",
                                  values=(0.36, 0.03), unit="CNY m", origin="trend",
                                  because=words("Revenue by deliveries, 2019."), parents=("deliveries-2019q4",)),),
        facts=tuple(facts),
        sources=(
            SourceData(id="results-2019q4", publisher="NIO Inc.", title="Fourth quarter and full year 2019 results",
                       date=date(2020, 3, 18), address="https://ir.nio.com/", grade="B"),
            SourceData(id="hefei", publisher="Hefei finance bureau", title="合肥市2019年预算", date=date(2020, 1, 8),
                       address=None, grade="A"),
            SourceData(id="filing", publisher="SEC", title="Form 6-K", date=date(2020, 4, 29), address=None, grade="A"),
            SourceData(id="mirror", publisher="Reuters", title="NIO guides for 2020 Q1", date=None, address=None,
                       grade="C"),
        ),
        ratios=("ratio.z",),
    )  # fmt: skip


def exposure() -> Exposure:
    """What the signature picture shows."""
    return Exposure(
        unit="CNY m", failure=loss("failure", "Loss on failure", 0.9),
        departure=loss("departure", "Loss on departure", 0.55),
        tiers=(tier("plant", "Plant of 2016", True, 1.0), tier("hq", "Headquarters agreement", True, 1.0),
               tier("park", "Smart electric vehicle park with its suppliers", False, 0.62)),
        payments=payments((3500, 1500, 1000, 500, 500)),
        limits=(Limit(id="single", label=words("Limit for one company"), value=6000.0, figure="budget.limit"),
                Limit(id="budget", label=words("Budget revenue 2019"), value=74598.5, figure="budget.revenue")),
        paid_before_any_new_tier="exposure.unbound",
        sentence=words("All 7.0 bn yuan are paid before any new commitment is in force in most paths."),
    )  # fmt: skip


def sensitivity() -> SensitivityData:
    """Chance and two assumptions."""
    rows = (
        ("", "Pure chance", "", 0.6, None, None, None, None),
        ("parameter.price", "Price of a vehicle, in the year of signing", "CNY m", 0.3, 0.32, 0.4, 0.4, 0.12),
        ("parameter.growth", "Growth", "ratio", 0.1, 0.02, 0.3, 0.2, 0.25),
    )  # fmt: skip
    swings = tuple(
        TornadoSpanData(parameter=id, label=words(label), unit=unit, total=total, first=total / 2, low=low, high=high,
                  at_low=at_low, at_high=at_high)
        for id, label, unit, total, low, high, at_low, at_high in rows
    )  # fmt: skip
    return SensitivityData(result=words("Probability that the fund loses money"), mean=0.2234, paths=9792,
                           swings=swings, sentence=words("The price moves the result most."))  # fmt: skip


def finding(id: str, stream: str, kind: str, severity: str, text: str, facts: tuple[str, ...]) -> FindingData:
    """A finding in words."""
    return FindingData.model_validate(
        {"id": id, "check": id.split(".")[0], "stream": stream, "kind": kind, "severity": severity,
         "text": words(text), "facts": facts, "literature": "Altman (1968)" if facts else "", "code": id}
    )  # fmt: skip


def tier(id: str, label: str, baseline: bool, end: float) -> TierCurve:
    """A tier whose share rises to its end."""
    share = tuple(end if baseline else end * min(1.0, max(0.0, (i - 6) / 24)) for i in range(len(STEPS)))
    return TierCurve(id=id, label=words(label), baseline=baseline, share=share, proof="licence" if baseline else "",
                     leaving_low=50.0 if baseline else None, leaving_high=2000.0 if baseline else None,
                     leaving_source="judgement" if baseline else "")  # fmt: skip


def payments(amounts: tuple[float, ...]) -> tuple[Payment, ...]:
    """Instalments a quarter apart."""
    days = (date(2020, 6, 29), date(2020, 7, 1), date(2020, 9, 30), date(2020, 12, 31), date(2021, 3, 31))
    return tuple(
        Payment(id=f"t{i + 1}", due=days[i], amount=a, cumulative=sum(amounts[: i + 1]), conditional=False)
        for i, a in enumerate(amounts)
    )


def plan() -> PlanData:
    asked = Text(id="appraisal.plan.question", params={"text": ("How much cash?", "资金多少？")})
    return PlanData(
        id="vehicles",
        name=Text(id="appraisal.plan.name", params={"name": ("growing manufacturer", "成长期制造企业")}),
        made_on=date(2026, 11, 25),
        perfect=12.0,
        streams=(StreamCoverage(stream="finance", questions=2, answered=1, grades=(1, 0, 0, 0)),),
        questions=(
            QuestionData(
                id="cash", stream="finance", facts=("deliveries-2019",), grade="A",
                informs=("parameter.cash",), worth=0.0, share=0.2, text=asked,
            ),
            QuestionData(
                id="debt", stream="finance", facts=(), grade="", informs=(), worth=None, share=None, text=asked,
            ),
        ),
        next=("debt", "cash"),
        sentence=Text(
            id="appraisal.plan.sentence.none", params={"answered": 1, "questions": 2, "filed": 1, "partly": 0}
        ),
    )  # fmt: skip
