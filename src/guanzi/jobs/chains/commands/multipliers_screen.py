"""Multipliers of a plant: by its sector and by its bill of materials, gross and net, as a table or as JSON."""

from __future__ import annotations

import re
from math import isfinite, nan
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.base.core import LARGEST, Bilingual, InvalidInput, Message, Parameter, Place, Problem, render, wrap
from guanzi.console import say
from guanzi.intake.inputoutput import Span, table_cards
from guanzi.jobs.chains import multipliers as asked
from guanzi.jobs.shared.show import WIDTH, show_json
from guanzi.jobs.shared.show import print_message as _tell
from guanzi.study.chains import multipliers

SHOWN = 8
RECEIVERS = 5
MINUS = "−"


def show_multipliers(request: asked.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, the multipliers of a sector of a table; with ``out`` also its effects for a case."""
    result = asked.multiply(request)
    if out is not None:
        asked.write(request, result, out)
    if as_json:
        show_json(asked.data(result))
        return
    found = result.study
    _show(result, lang)
    _show_parts(found, lang)
    _show_sectors(found, lang)
    _show_effects(result.effects, asked.money_of(request, result), lang)
    if result.spill is not None:
        _show_spill(result.spill, lang)
    _remarks(found, result.bill.base if result.bill else None, lang)
    if request.region is None and request.size is not None:
        _tell("multipliers.size", lang, part=request.size)
    if out is not None:
        _tell("multipliers.written", lang, file=str(out))


def read_span(text: str | None, option: str) -> Span | None:
    """An interval as it is typed: ``LOW:HIGH``, or one number."""
    if text is None:
        return None
    low, _, high = text.partition(":")
    try:
        span = Span(float(low), float(high or low))
    except ValueError:
        span = Span(nan, nan)
    if not (isfinite(span.low) and isfinite(span.high)):
        cause, fix = Message.of("multipliers.span", text=text), Message.of("multipliers.span.mend")
        raise InvalidInput(Problem(cause, Place(option), fix, excerpt=text))
    return span


def read_money(text: str | None) -> asked.TableUnit | None:
    """The money of a table as it is typed: a currency and how many of it one unit of the table is, ``CNY:10000``."""
    if text is None:
        return None
    found = re.fullmatch(r"([A-Z]{3})(?::(\d+(?:\.\d+)?(?:e\d{1,2})?))?", text.strip())
    units = float(found[2] or 1.0) if found else 0.0
    if found is None or not 0.0 < units <= LARGEST:
        cause, fix = Message.of("multipliers.unit", text=text), Message.of("multipliers.unit.mend")
        raise InvalidInput(Problem(cause, Place("--unit"), fix, excerpt=text))
    return asked.TableUnit(found[1], units)


def _show(result: asked.Result, lang: str) -> None:
    found, card, region = result.study, result.study.table.card, result.region
    label = found.table.labels[found.table.codes.index(found.sector)]
    named = card.province if card else Bilingual()
    where = "province" if named else "nation"
    if region is not None:
        where, named = "named" if region.name.zh else "region", region.name
    method = (found.method or "").upper()
    _tell(f"multipliers.title.{where}", lang, sector=found.sector, label=label, method=method, region=named)
    if card is not None and card.invented:
        _tell("multipliers.invented", lang)
    elif card is not None:
        money: dict[str, Parameter] = {"unit": card.units / 1e6, "currency": card.currency}
        _tell("multipliers.table", lang, title=card.title, publisher=card.publisher, **money)
    if region is not None and region.name.zh:
        _tell("multipliers.province" if not region.city else "multipliers.province.city", lang, region=region.name)
        own = tuple(name for name, told in table_cards().tables.items() if told.province == region.name)
        if own:
            _tell("multipliers.province.own", lang, region=region.name, names=own)
    rows = Table(box=None, pad_edge=False)
    for head in ("measure", "type", "by_sector", "by_bill"):
        rows.add_column(
            say(f"multipliers.head.{head}", lang), justify="left" if head in ("measure", "type") else "right"
        )
    for answer in found.answers:
        kind = say(f"multipliers.type.{2 if answer.households else 1}", lang)
        bill = say("multipliers.no_bill", lang) if answer.bill is None else _span(answer.bill)
        rows.add_row(say(f"multipliers.measure.{answer.measure}", lang), kind, _span(answer.sector), bill)
    Console(width=max(Console().width, WIDTH)).print(rows)
    for measure in ("output", "value_added"):
        held = found.answer(measure)
        if held is not None and held.difference is not None:
            side = "more" if held.difference.low > 0.0 else "less" if held.difference.high < 0.0 else "open"
            apart = held.difference
            if side == "less":  # by how much less
                apart = Span(-apart.high, -apart.low)
            _tell(f"multipliers.difference.{measure}.{side}", lang, difference=_span(apart))


def _show_parts(found: multipliers.Study, lang: str) -> None:
    if not found.parts:
        return
    print()
    _tell("multipliers.parts", lang)
    rows = Table(box=None, pad_edge=False)
    for head in ("part", "share", "adds"):
        rows.add_column(say(f"multipliers.head.{head}", lang), justify="left" if head == "part" else "right")
    for part in found.parts:
        rows.add_row(part.label.localised(lang), _span(part.share), _span(part.adds))
    Console(width=max(Console().width, WIDTH)).print(rows)


def _show_sectors(found: multipliers.Study, lang: str) -> None:
    print()
    labels = dict(zip(found.table.codes, found.table.labels, strict=True))
    if found.keys:
        _tell("multipliers.keys", lang, n=len(found.keys), sectors=tuple(labels[code] for code in found.keys[:SHOWN]))
    else:
        _tell("multipliers.no_keys", lang)
    ranked = sorted(zip(found.extracted, found.table.codes, strict=True), key=lambda pair: (-pair[0], pair[1]))
    own = float(found.extracted[found.table.codes.index(found.sector)])
    most = tuple(labels[code] for _, code in ranked[:3])
    _tell("multipliers.extracted", lang, sector=labels[found.sector], part=own, most=most)


def _show_effects(made: tuple[multipliers.Effect, ...], money: asked.TableUnit | None, lang: str) -> None:
    if not made:
        return
    print()
    _tell("multipliers.effects", lang)
    if money is None:
        _tell("multipliers.effects.in_table", lang)
    else:
        _tell("multipliers.effects.in_money", lang, unit=money.units / 1e6, currency=money.currency)
    if any(effect.net is None for effect in made):
        _tell("multipliers.effects.no_net", lang)
    rows = Table(box=None, pad_edge=False)
    for head in ("measure", "gross", "net"):
        rows.add_column(say(f"multipliers.head.{head}", lang), justify="left" if head == "measure" else "right")
    for effect in made:
        net = say("multipliers.no_net", lang) if effect.net is None else _span(effect.net)
        rows.add_row(say(f"multipliers.measure.{effect.measure}", lang), _span(effect.gross), net)
    Console(width=max(Console().width, WIDTH)).print(rows)


def _show_spill(spill: multipliers.Spill, lang: str) -> None:
    """What the sector sets off in other provinces, beside what the province's own table says."""
    told: dict[str, Parameter] = {"province": spill.province, "sector": spill.sector}
    told |= {"year": str(table_cards().together.year)}
    print()
    if not spill.measures:
        _tell("multipliers.together.none", lang, **told)
        return
    _tell("multipliers.together", lang, **told)
    rows = Table(box=None, pad_edge=False)
    for head in ("measure", "alone", "here", "elsewhere", "bounds"):
        rows.add_column(say(f"multipliers.head.{head}", lang), justify="left" if head == "measure" else "right")
    for m in spill.measures:
        figures = (Span(m.alone, m.alone), Span(m.here, m.here), Span(m.elsewhere, m.elsewhere), m.bounds)
        rows.add_row(say(f"multipliers.measure.{m.measure}", lang), *map(_span, figures))
    Console(width=max(Console().width, WIDTH)).print(rows)
    _tell("multipliers.together.unknown", lang)
    parts = tuple(Message.of("multipliers.together.part", province=n, part=p) for n, p in spill.receivers[:RECEIVERS])
    if parts:
        _tell("multipliers.together.receivers", lang, parts=parts)


def _remarks(found: multipliers.Study, base: str | None, lang: str) -> None:
    said = [render(remark, lang) for remark in found.remarks[:SHOWN]]
    jobs = found.table.card.jobs if found.table.card else Bilingual()
    said += [jobs.localised(lang)] if jobs else []
    said += [say("multipliers.base", lang, base=base)] if base else []
    said += [say("multipliers.flq", lang, low=found.delta[0], high=found.delta[1])] if found.method == "flq" else []
    for line in said:
        print("\n".join(wrap(line, WIDTH, indent="    ", first="  · ")))


def _span(span: Span) -> str:
    low, high = (f"{end:,.3f}" if abs(end) < 100 else f"{end:,.0f}" for end in (span.low, span.high))
    return (low if low == high else f"{low} – {high}").replace("-", MINUS)
