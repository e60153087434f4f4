"""Invented term sheets: one to four public parties, instruments of every kind, covenants and tiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from tests.truth.drawn import PARTIES, Drawn
from tests.truth.generation import Data


def sheet_of(case: Drawn, region: tuple[str, ...]) -> Data:
    """A term sheet: one to four public parties, one to four instruments, covenants and tiers."""
    draw = case.draw
    paying = draw.sample(PARTIES, draw.randint(1, 4))
    parties: Data = {"company": {"role": "issuer", "name": {"en": "the company", "zh": "本公司"}}}
    for id, name, chinese in paying:
        parties[id] = {"role": "public", "name": {"en": name.format(region[1]), "zh": chinese.format(region[2])}}
    public = [id for id, _, _ in paying]
    money = case.amount(case.kind.size * case.kind.price * case.size / 1e6 * draw.uniform(0.05, 0.6))
    sheet: Data = {
        "deal": "invented",
        "title": {"en": "Support for the plant", "zh": "工厂支持协议"},
        "status": draw.choice(("definitive", "definitive", "framework")),
        "currency": case.currency,
        "unit": "1e6",
        "known_on": case.decided,
        "signed": case.decided,
        "horizon": f"{draw.choice((3, 4, 4, 6))} years",
        "step": "quarter",
        "source": "report",
        "parties": parties,
        "instruments": {},
        "incentives": {},
        "covenants": {},
        "events": {},
        "tiers": [{"id": "plant", "name": {"en": "the plant", "zh": "工厂"}, "when": "plant_local",
                   "proof": {"en": "acceptance certificate", "zh": "验收证书"}}],
    }  # fmt: skip
    if case.some(0.4):
        sheet["events"]["approval"] = {
            "name": {"en": "the authority approves the aid", "zh": "主管机关批准援助"},
            "due": case.decided + timedelta(days=200), "by": public[0], "probability": "85%",
        }  # fmt: skip
    made = tuple(dict.fromkeys(draw.sample(_INSTRUMENTS, draw.randint(1, 4))))
    for make in made:
        for place, name, instrument in make(case, public, money / len(made), sheet):
            sheet[place][name] = instrument
    for name in draw.sample(("jobs", "headquarters"), draw.randint(0, 2)):
        sheet["covenants"][name] = _covenant(case, name, sheet)
    if case.some(0.5):
        words = {"en": "What is paid back if the plant does not come", "zh": "工厂未落地时应退还的部分"}
        sheet["unknown_clauses"] = {"recovery": {"text": words}}
    return {key: value for key, value in sheet.items() if value != {}}


def _covenant(case: Drawn, name: str, sheet: Data) -> Data:
    words = {
        "jobs": ("jobs in the region", "本地就业", f"jobs_local >= {case.draw.choice((100, 500, 2000))}"),
        "headquarters": ("headquarters in the region", "总部落户", "hq_local"),
    }[name]
    remedy = "put" if "put" in sheet["instruments"] and case.some(0.5) else "unknown"
    due = case.decided + timedelta(days=365 * case.draw.randint(1, 4))
    return {"name": {"en": words[0], "zh": words[1]}, "require": words[2], "from": due, "remedy": remedy}


type _Made = Iterator[tuple[str, str, Data]]


def _when(case: Drawn, sheet: Data) -> Data:
    conditions = ["plant_local", "tier('plant')"] + ["event('approval')"] * ("approval" in sheet["events"])
    return {"if": case.draw.choice(conditions)} if case.some(0.5) else {}


def _later(case: Drawn, months: int = 24) -> date:
    return case.decided + timedelta(days=30 * case.draw.randint(1, months))


def _round(amount: float) -> float:
    return float(f"{amount:.2g}")


def _equity(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    share = case.draw.randint(5, 45)
    holders = public[: case.draw.randint(1, min(2, len(public)))]
    tranches = []
    for number in range(1, case.draw.randint(1, 4) + 1):
        amounts = {id: _round(money / len(holders) / number) for id in holders}
        tranches.append({"id": f"i{number}", "amount": amounts, "due": _later(case, 6 * number)} | _when(case, sheet))
    stake: Data = {"type": "equity", "issuer": "company", "share": f"{share}%", "tranches": tranches}
    stake["holders"] = {id: f"{share / len(holders):g}%" for id in holders}
    yield "instruments", "stake", stake
    if case.some(0.5):
        price = {"rate": f"{case.draw.randint(4, 12)}%", "basis": "simple"}
        when = "months_since('i1') > 48 and not listed"
        put = {"type": "put", "on": "stake", "holders": holders, "obligors": ["company"], "price": price, "when": when}
        yield "instruments", "put", put


def _loan(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    rank = case.draw.choice(("secured", "unsecured", "subordinated"))
    loan = {
        "type": "loan", "lender": case.draw.choice(public), "borrower": "company", "amount": _round(money),
        "drawn": _later(case, 8), "rate": f"{case.draw.randint(1, 8)}%", "years": case.draw.randint(2, 5),
        "repayment": case.draw.choice(("bullet", "amortising")), "rank": rank,
    } | _when(case, sheet)  # fmt: skip
    yield "instruments", "loan", loan | ({"security": "30%"} if rank == "secured" else {})


def _note(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    yield "instruments", "note", {
        "type": "convertible_note", "lender": case.draw.choice(public), "issuer": "company", "amount": _round(money),
        "drawn": _later(case, 8), "rate": f"{case.draw.randint(1, 8)}%", "years": case.draw.randint(2, 4),
        "basis": "simple", "at_maturity": case.draw.choice(("repay", "convert")), "rank": "unsecured",
    }  # fmt: skip


def _grant(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    grant = {"type": "grant", "from": case.draw.choice(public), "amount": _round(money), "start": _later(case, 12)}
    if case.some(0.4):
        years = case.draw.randint(2, 6)
        grant |= {"amount": f"{_round(money / years):g} per year", "years": years}
    if case.some(0.4):
        grant["clawback"] = {"when": "not plant_local", "recover": "80%", "enforced": "50%"}
    yield "incentives", "grant", grant | _when(case, sheet)


def _rebate(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    years = case.draw.randint(3, 6)
    amount = f"{_round(money / years):g} per year"
    payer, start = case.draw.choice(public), _later(case, 30)
    yield (
        "incentives",
        "rebate",
        {"type": "rebate", "from": payer, "amount": amount, "years": years, "start": start} | (_when(case, sheet)),
    )


def _guarantee(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    payer, share = case.draw.choice(public), f"{case.draw.randint(4, 10) * 10}%"
    yield "incentives", "guarantee", {"type": "guarantee", "from": payer, "share": share, "limit": _round(money)}


def _park(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    yield "incentives", "works", {
        "type": "park", "from": case.draw.choice(public), "cost": _round(money), "ready": _later(case, 24),
        "rent": "5%", "years": 5, "resale": "60%",
    }  # fmt: skip


def _land(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    payer = case.draw.choice(public)
    yield (
        "incentives",
        "land",
        {"type": "land", "from": payer, "value": _round(money), "discount": "40%", "hectares": 60},
    )


def _purchase(case: Drawn, public: list[str], money: float, sheet: Data) -> _Made:
    amount, years = f"{_round(money / 4):g} per year", 4
    yield "incentives", "fleet", {
        "type": "purchase", "from": case.draw.choice(public), "amount": amount, "years": years, "start": _later(case),
        "worth": "80%", "cost": "90%",
    }  # fmt: skip


_INSTRUMENTS: tuple[Callable[[Drawn, list[str], float, Data], _Made], ...] = (
    _equity, _equity, _loan, _note, _grant, _grant, _rebate, _guarantee, _park, _land, _purchase,
)  # fmt: skip
