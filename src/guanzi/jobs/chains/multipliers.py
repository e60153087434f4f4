"""What a plant sets off: by its sector and by its bill of materials, and its effects as plain data for a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.intake.inputoutput import (
    USUAL_TABLE,
    Bill,
    IOTable,
    RegionFile,
    Span,
    bill_names,
    find_bill,
    find_province,
    find_table,
    province_tables,
    read_region,
    region_of_size,
    table_cards,
    table_of_country,
)
from guanzi.jobs.shared.results import write_whole
from guanzi.record.evidence import open_case
from guanzi.study.chains import multipliers
from guanzi.study.tracks import places


@dataclass(frozen=True, slots=True)
class TableUnit:
    """What one unit of the table is worth: so many units of a currency (ISO 4217), e.g. 10,000 of CNY."""

    currency: str
    units: float


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        table: Path of an input-output table, or the name of a shipped one; None: of the case's country, or China.
        sector: Code of the plant's sector; None: that of the bill.
        bill: Path or name of a bill of materials; None: by the sector alone.
        region: File with the sizes of the sectors in the region, or the name of a province or city of China; None: see
            ``size``.
        size: Part of the nation that the region is, where no more is known; None: the nation.
        method: From nation to region.
        delta: Ends of the exponent of FLQ; None: the usual ones.
        output: Of the plant a year, in the money of the table; None: no effects are told.
        anyway: Part that would be there without the deal; None: unknown.
        displaced: Part that is taken from others here; None: unknown.
        form: Whose format the table has; None: guessed.
        money: Of the table; only needed to write effects of a table that is not shipped.
        as_of: Day on which table and bill were held; only needed to write effects. A shipped table, and sources of the
            bill, of a later day are refused.
        case: Case whose country gives the table and whose region gives the province, where they are not told.
    """

    table: str | None = None
    sector: str | None = None
    bill: str | None = None
    region: str | None = None
    size: float | None = None
    method: str = "flq"
    delta: Span | None = None
    output: Span | None = None
    anyway: Span | None = None
    displaced: Span | None = None
    form: str | None = None
    money: TableUnit | None = None
    as_of: date | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a plant sets off.

    Attributes:
        study: Multipliers.
        bill: That they rest on.
        effects: What the plant brings a year; empty where its output is not told.
        region: The sizes of the region's sectors; None: the table is of the place itself.
        spill: What its sector sets off in the other provinces; None unless it stands in a province of China.
    """

    study: multipliers.Study
    bill: Bill | None
    effects: tuple[multipliers.Effect, ...]
    region: RegionFile | None = None
    spill: multipliers.Spill | None = None


def multiply(request: Request) -> Result:
    """Find the multipliers.

    Raises:
        InvalidInput: A file has errors, the sector is not in the table, or an interval is none.
    """
    region = None if request.case is None else open_case(request.case).region
    table = find_table(request.table or _usual(region.country if region else None), request.form)
    if table.card is not None and request.as_of is not None and request.as_of < table.card.seen:
        day = request.as_of.isoformat()
        cause = Message.of("multipliers.later", table=table.name, seen=table.card.seen.isoformat(), as_of=day)
        raise InvalidInput(Problem(cause, Place("--as-of"), Message.of("multipliers.later.mend")))
    bill = None if request.bill is None else find_bill(request.bill, request.as_of).fitted(table)
    sector = request.sector or (bill.sector if bill else None)
    if sector is None:
        raise _no_sector(table)
    sizes = _sizes(request, table, region.id if region else None)
    ends = multipliers.DELTA if request.delta is None else (request.delta.low, request.delta.high)
    found = multipliers.study(table, sector, bill, sizes, request.method, ends)
    made: tuple[multipliers.Effect, ...] = ()
    if request.output is not None:
        made = multipliers.effects(found, request.output, request.anyway, request.displaced)
    return Result(found, bill, made, sizes, _spill(table, sector, sizes, request.as_of))


def _spill(table: IOTable, sector: str, sizes: RegionFile | None, as_of: date | None) -> multipliers.Spill | None:
    """What the sector sets off in all provinces, where the place is one and the sectors are those of their tables."""
    card, cards = table.card, table_cards()
    if card is None or card.year < cards.together.year or (as_of is not None and as_of < cards.together.seen):
        return None
    tables = province_tables()
    province = card.province if sizes is None else sizes.name
    code = sector if len(sector) == 2 else cards.groups.get(sector[:2], "")
    if card.country != "CN" or card.invented or province not in tables.names or code not in tables.codes:
        return None
    return multipliers.spill_over(_together(), province, code)


@cache
def _together() -> multipliers.Together:
    return multipliers.together(province_tables())


def _no_sector(table: IOTable) -> InvalidInput:
    """That no sector is named: the bills, and sectors by code and name, those of the products of the bills first."""
    made = dict.fromkeys(find_bill(name).fitted(table).sector for name in bill_names())
    labels = dict(zip(table.codes, table.labels, strict=True))
    codes = [code for code in made if code in labels] or table.codes[:5]
    sectors = tuple(Message.of("multipliers.sector.named", code=code, label=labels[code]) for code in codes)
    fix = Message.of("multipliers.no_sector.mend", bills=bill_names(), n=len(table.codes), sectors=sectors)
    return InvalidInput(Problem(Message.of("multipliers.no_sector"), Place("--sector"), fix))


def _usual(country: str | None) -> str:
    """The shipped table of a country.

    Raises:
        InvalidInput: None is of it.
    """
    found = USUAL_TABLE if country is None else table_of_country(country)
    if found is None:
        fix = Message.of("multipliers.no_table.mend")
        raise InvalidInput(Problem(Message.of("multipliers.no_table", country=str(country)), Place("--case"), fix))
    return found


def _sizes(request: Request, table: IOTable, region: str | None) -> RegionFile | None:
    """How large the sectors of the region are: by a file, by a province or city named, by its size, or by the case."""
    named = request.region or (region if request.size is None else None)
    if named is None:
        return None if request.size is None else region_of_size(table, request.size)
    if Path(named).exists():
        return read_region(Path(named), named)
    place = places.find_place(named) if places.is_place(named) else None
    found = find_province(str(place.province) if place else named, table)
    if found is not None and place is not None and place.city:
        return replace(found, city=place.city)
    if found is None and request.region is not None:
        fix = Message.of("multipliers.no_region.mend")
        raise InvalidInput(Problem(Message.of("multipliers.no_region", name=named), Place("--region"), fix))
    return found


def write(request: Request, result: Result, out: Path) -> None:
    """Write the effects as a case reads them: ``effects.json`` in its folder.

    Raises:
        InvalidInput: What the plant makes, the money of the table or the day is not told, or the folder cannot be
            written.
    """
    money, day = money_of(request, result), request.as_of
    wanted = (("output", "--output", request.output), ("unit", "--unit", money), ("day", "--as-of", day))
    problems = [
        Problem(
            Message.of(f"multipliers.effects.no_{name}"),
            Place(option),
            Message.of(f"multipliers.effects.no_{name}.mend"),
        )
        for name, option, value in wanted
        if value is None
    ]
    if problems or money is None or day is None or request.output is None:
        raise InvalidInput(problems)
    found = result.study
    content = {
        "format": 1,
        "known_on": day.isoformat(),
        "table": found.table.name,
        "invented": found.table.invented,
        "sector": found.sector,
        "bill": None if result.bill is None else result.bill.name,
        "method": found.method,
        "currency": money.currency,
        "unit": money.units,
        "output": _ends(request.output),
        "anyway": None if request.anyway is None else _ends(request.anyway),
        "displaced": None if request.displaced is None else _ends(request.displaced),
        "effects": [effect.as_dict() for effect in result.effects],
    }
    write_whole(out.parent, {out.name: dump_json(content)})


def money_of(request: Request, result: Result) -> TableUnit | None:
    """The money of the table: as told, or as a shipped table says; None where neither does."""
    card = result.study.table.card
    return request.money or (TableUnit(card.currency, card.units) if card else None)


def data(result: Result) -> dict[str, Any]:
    """Multipliers and effects as plain data."""
    found = result.study
    sectors = zip(found.table.codes, found.backward, found.forward, found.extracted, strict=True)
    return {
        "table": {"file": found.table.name, "form": found.table.form, "invented": found.table.invented},
        "region": None if result.region is None else str(result.region.name),
        "sector": found.sector,
        "method": found.method,
        "delta": list(found.delta),
        "multipliers": [
            {
                "measure": a.measure,
                "type": 2 if a.households else 1,
                "sector": _ends(a.sector),
                "bill": None if a.bill is None else _ends(a.bill),
                "difference": None if a.difference is None else _ends(a.difference),
            }
            for a in found.answers
        ],
        "parts": [{"part": p.id, "share": _ends(p.share), "adds": _ends(p.adds)} for p in found.parts],
        "sectors": [
            {"sector": code, "backward": _round(b), "forward": _round(f), "extracted": _round(e)}
            for code, b, f, e in sectors
        ],
        "effects": [effect.as_dict() for effect in result.effects],
        "provinces": None if result.spill is None else _spill_data(result.spill),
        "remarks": [remark.as_dict() for remark in found.remarks],
    }


def _spill_data(spill: multipliers.Spill) -> dict[str, Any]:
    return {
        "province": str(spill.province),
        "sector": spill.sector,
        "year": table_cards().together.year,
        "measures": [
            {
                "measure": m.measure,
                "alone": _round(m.alone),
                "here": _round(m.here),
                "elsewhere": _round(m.elsewhere),
                "elsewhere_bounds": _ends(m.bounds),
            }
            for m in spill.measures
        ],
        "receivers": [{"province": str(name), "share": _round(part)} for name, part in spill.receivers],
    }


def _ends(span: Span) -> list[float]:
    return [_round(span.low), _round(span.high)]


def _round(value: float) -> float:
    return float(f"{value:.9g}")
