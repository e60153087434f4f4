"""Invented cases from a seed: kinds of company, currencies, public parties, periods, instruments, missing facts.

``invented(seed)`` is the same case for the same seed. Its facts are consistent with one another (a year is the sum of
its quarters, what is entered to date is the sum of what came before), so that a sentence that they contradict is false.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from tests.truth.drawn import COMPANIES, KINDS, PER_DOLLAR, REGIONS, STAGES, Drawn
from tests.truth.generation import CaseData, Data
from tests.truth.invented_sheets import sheet_of


def invented(seed: int) -> CaseData:
    """The case of a seed."""
    draw = random.Random(f"case {seed}")
    company, region = draw.choice(COMPANIES), draw.choice(REGIONS)
    currency = region[4] if draw.random() < 0.8 else draw.choice(sorted(PER_DOLLAR))
    decided = date(draw.randint(2014, 2025), draw.randint(1, 12), draw.randint(1, 28))
    size = draw.choice((0.1, 0.5, 1.0, 1.0, 3.0))
    case = Drawn(draw, draw.choice(KINDS), draw.choice(STAGES), currency, decided, size)
    for part in (_accounts, _balance, _plant, _people, _rights, _region, _news):
        part(case)
    draw.shuffle(case.facts)

    sheets = {} if case.some(0.12) else {f"{decided.isoformat()}-deal": sheet_of(case, region)}
    header = {
        "format": 1,
        "case": f"invented-{seed}",
        "title": {"en": f"{company[1]} and {region[1]}", "zh": f"{company[2]}与{region[2]}"},
        "company": {"id": company[0], "name": company[1], "name_zh": company[2]},
        "region": {"id": region[0], "name": region[1], "name_zh": region[2], "country": region[3]},
        "industry": case.kind.industry,
        "model": case.kind.model,
        "currency": currency,
        "decision_date": decided,
        "question": {
            "en": f"Should {region[1]} support {company[1]}, a maker of {case.kind.words[0]}?",
            "zh": f"{region[2]}是否应支持{case.kind.words[1]}企业{company[2]}？",
        },
    }
    first = min((fact["known_on"] for fact in case.facts), default=decided)
    report = {"publisher": {"en": company[1], "zh": company[2]}, "title": {"en": "Reports", "zh": "报告"}}
    sources = {"report": {**report, "date": first, "grade": draw.choice("AAB")}}
    made = (f"invented {seed}", case.kind.industry, case.stage, currency)
    return CaseData(header, sources, tuple(case.facts), sheets, made=made, seed=seed)


# -- facts ---------------------------------------------------------------------------------------------------------


def _accounts(case: Drawn) -> None:
    """Sales, margins and losses of some years, by year, quarter, part of a year, or to date."""
    if case.stage in ("starting", "building") and case.some(0.7):
        _losses_before_sales(case)
        return
    growth = {"growing": 1.8, "selling": 1.15}.get(case.stage, 0.8)
    last = case.decided.year - 1
    volume = case.kind.size * case.size / growth ** case.draw.randint(1, 3)
    margin = {"in trouble": -0.15, "insolvent": -0.3}.get(case.stage, 0.08) + case.draw.uniform(-0.1, 0.1)
    for year in range(last - case.draw.randint(1, 3), last + 1):
        _one_year(case, year, volume, margin)
        volume *= growth
        margin += 0.03
    _part_of_year(case, volume, margin)


def _one_year(case: Drawn, year: int, volume: float, margin: float) -> None:
    shares = (0.2, 0.25, 0.25, 0.3)
    revenue = case.amount(volume * case.kind.price / 1e6)
    loss = float(f"{revenue * max(0.05, 0.3 - margin):.3g}")
    known = date(year + 1, 3, case.draw.randint(1, 28))
    unit = f"{case.currency} m"
    form = case.draw.choice(("year", "year", "quarters", "both"))
    if form in ("year", "both"):
        case.add("revenue", revenue, unit, year, known)
        case.add("net_loss", loss, unit, year, known)
        case.add("gross_margin", round(margin, 3), "ratio", year, known)
        if case.kind.made:
            case.add(_made(case), round(volume), case.kind.made, year, known)
    if form in ("quarters", "both"):
        for number, share in enumerate(shares, start=1):
            end = date(year + number // 4, number % 4 * 3 + 1, 1) + timedelta(days=case.draw.randint(20, 60))
            case.add("revenue", round(revenue * share, 3), unit, f"{year}Q{number}", end)
            case.add("net_loss", round(loss * share, 3), unit, f"{year}Q{number}", end)
            case.add("gross_margin", round(margin, 3), "ratio", f"{year}Q{number}", end)
            if case.kind.made:
                case.add(_made(case), round(volume * share), case.kind.made, f"{year}Q{number}", end)


def _made(case: Drawn) -> str:
    return "deliveries" if case.kind.made in ("vehicles", "aircraft") else "output"


def _part_of_year(case: Drawn, volume: float, margin: float) -> None:
    """The year of the decision as far as it has gone: a span of months, or to date."""
    year, month = case.decided.year, case.decided.month
    if month < 5:
        return
    months = month - 2
    revenue = case.amount(volume * case.kind.price / 1e6 * months / 12)
    loss = float(f"{revenue * max(0.05, 0.3 - margin):.3g}")
    unit = f"{case.currency} m"
    if case.some(0.5):
        span = f"{year}-01/{year}-{months:02d}" if months > 1 else f"{year}-01"
        case.add("revenue", revenue, unit, span)
        case.add("net_loss", loss, unit, span)
    else:
        day = date(year, months + 1, 1) - timedelta(days=1)
        case.add("revenue_to_date", revenue, unit, day)
        case.add("net_loss_to_date", loss, unit, day)


def _losses_before_sales(case: Drawn) -> None:
    last, unit = case.decided.year - 1, f"{case.currency} m"
    loss = case.amount(case.draw.uniform(20, 400) * case.size)
    case.add("net_loss", loss, unit, last, date(last + 1, 3, 20))
    case.add("operating_cash_flow", -0.8 * loss, unit, last, date(last + 1, 3, 20))
    case.add("r_and_d", 0.5 * loss, unit, last, date(last + 1, 3, 20))
    case.add("revenue", 0, unit, last, date(last + 1, 3, 20))
    if case.decided.month > 6 and case.some(0.6):
        case.add("net_loss", 0.7 * loss, unit, f"{last + 1}-01/{last + 1}-{case.decided.month - 2:02d}")


def _balance(case: Drawn) -> None:
    unit = f"{case.currency} m"
    day = date(case.decided.year - 1, 12, 31)
    scale = case.kind.size * case.kind.price * case.size / 1e6
    poor = case.stage in ("in trouble", "insolvent")
    cash = case.amount(scale * case.draw.uniform(0.01, 0.1 if poor else 1.0))
    case.add(case.draw.choice(("cash", "cash_and_short_term_investments")), cash, unit, day)
    assets = case.amount(scale * case.draw.uniform(0.8, 2.0))
    owed = float(f"{assets * (case.draw.uniform(0.9, 1.4) if poor else case.draw.uniform(0.2, 0.8)):.3g}")
    case.add("total_assets", assets, unit, day)
    case.add("total_liabilities", owed, unit, day)
    case.add("equity", round(assets - owed, 3), unit, day)
    case.add("current_assets", round(0.5 * assets, 3), unit, day)
    case.add("current_liabilities", round((0.7 if poor else 0.3) * assets, 3), unit, day)
    case.add("total_debt", round(0.5 * owed, 3), unit, day)
    case.add("equity_raised", case.amount(scale * case.draw.uniform(0.1, 1.5)), unit, day)
    case.add("market_value", case.amount(scale * case.draw.uniform(0.2, 4)), unit, day)


def _plant(case: Drawn) -> None:
    if case.kind.capacity:
        case.add("plan_capacity", case.kind.size * case.draw.choice((1, 2, 5)), case.kind.capacity, case.decided)
    scale = case.kind.size * case.kind.price * case.size / 1e6
    case.add(
        "plan_plant_investment", case.amount(scale * case.draw.uniform(0.3, 3)), f"{case.currency} m", case.decided
    )
    case.add("plan_jobs", case.draw.randint(1, 60) * 50, "jobs", case.decided)
    months = case.draw.randint(8, 50)
    start = case.decided + timedelta(days=30 * months)
    text = {"en": f"production is to start in {start.year}", "zh": f"计划{start.year}年投产"}
    case.add("plan_start", text, "text", case.decided)
    if case.stage not in ("starting", "building"):
        case.add(
            "local_plant", {"en": "the plant in the region is in use", "zh": "本地工厂已投产"}, "text", case.decided
        )
    elif case.some(0.5):
        case.add("local_plant", {"en": "none in the region yet", "zh": "暂无本地工厂"}, "text", case.decided)
    case.add("largest_supplier_share", round(case.draw.uniform(0.1, 0.9), 2), "ratio", case.decided.year - 1)
    case.add("largest_customer_share", round(case.draw.uniform(0.05, 0.9), 2), "ratio", case.decided.year - 1)


def _people(case: Drawn) -> None:
    case.add("headcount", case.draw.randint(1, 120) * 50, "people", case.decided)
    case.add("company_age", case.draw.randint(1, 40), "years", case.decided)
    case.add("team_complete", case.some(0.6), "flag", case.decided)
    case.add("founder_lawsuits", case.draw.randint(0, 4), "count", case.decided)
    case.add("founder_identity_verified", case.some(0.9), "flag", case.decided)
    text = {"en": "led two plants before", "zh": "曾领导两家工厂"}
    case.add("founder_record", text if case.some(0.6) else {"en": "none known", "zh": "暂无"}, "text", case.decided)


def _rights(case: Drawn) -> None:
    for name in ("freedom_to_operate", "ip_in_company", "second_source"):
        if case.some(0.5):
            case.add(name, case.some(0.6), "flag", case.decided)
    case.add("patents", case.draw.randint(0, 900), "count", case.decided)
    held = {"en": "granted for the present product", "zh": "现有产品已取得"}
    lacking = {"en": "not yet granted", "zh": "尚未取得"}
    case.add("production_licence", held if case.some(0.6) else lacking, "text", case.decided)


def _region(case: Drawn) -> None:
    unit, year = f"{case.currency} m", case.decided.year - 1
    gdp = case.amount(case.draw.uniform(5_000, 300_000))
    known = date(year + 1, 2, 10)
    case.add("gdp", gdp, unit, year, known, subject="region")
    case.add("budget_revenue", float(f"{gdp * 0.08:.3g}"), unit, year, known, subject="region")
    case.add("budget_expenditure", float(f"{gdp * 0.1:.3g}"), unit, year, known, subject="region")
    case.add("debt_outstanding", float(f"{gdp * 0.2:.3g}"), unit, year, known, subject="region")
    if case.currency not in ("USD", "CNY"):
        case.add(f"usd_{case.currency.lower()}", case.k, f"{case.currency} per USD", case.decided, subject="fx")
    if case.currency != "CNY" and case.some(0.8):
        name, rate = f"{case.currency.lower()}_cny", float(f"{7.0 / case.k:.6g}")
        case.add(name, rate, f"CNY per {case.currency}", case.decided, subject="fx")


def _news(case: Drawn) -> None:
    if case.stage == "insolvent":
        case.facts.append(_sure(case, "insolvency_opened", True))
    if case.stage == "in trouble":
        for name in ("going_concern_doubt", "operations_suspended"):
            case.add(name, case.some(0.5), "flag", case.decided)
        case.add("pay_arrears", {"en": "two months of wages unpaid", "zh": "拖欠工资两个月"}, "text", case.decided)
    case.add("parallel_city_deals", case.draw.randint(0, 4), "count", case.decided)
    case.add("failed_public_deals", case.draw.choice((0, 0, 1, 2)), "count", case.decided)
    offer = case.amount(case.kind.size * case.kind.price * case.size / 1e6 * case.draw.uniform(0.05, 0.6))
    case.add("public_offer", offer, f"{case.currency} m", case.decided)
    case.add("co_investors", {"en": "two private funds", "zh": "两家民营基金"}, "text", case.decided)


def _sure(case: Drawn, name: str, value: Any) -> Data:
    day = case.decided
    return {"id": f"{name.replace('_', '-')}-now", "name": name, "period": day, "value": value, "unit": "flag",
            "known_on": day, "source": "report"}  # fmt: skip
