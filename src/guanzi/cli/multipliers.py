"""Multipliers of a plant: by its sector and by its bill of materials, gross and net, as a table or as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, dump_json, render, wrap
from guanzi.cli.speech import say
from guanzi.intake.inputoutput import Span, find_bill, find_table, read_region, region_of_size
from guanzi.study.chains import multipliers

WIDTH = 100
SHOWN = 8
MINUS = "−"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks: paths and intervals as they were typed."""

    table: str
    sector: str | None
    bill: str | None
    region: Path | None
    size: float | None
    method: str
    delta: str | None
    output: str | None
    anyway: str | None
    displaced: str | None
    form: str | None
    as_of: date | None


def show_multipliers(asked: Asked, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, the multipliers of a sector of a table.

    Args:
        asked: Table, sector, bill, region and intervals.
        lang: Language.
        as_json: Print JSON alone.
    """
    delta = span_of(asked.delta, "--delta")
    output, anyway, displaced = (
        span_of(asked.output, "--output"),
        span_of(asked.anyway, "--anyway"),
        span_of(asked.displaced, "--displaced"),
    )
    table = find_table(asked.table, asked.form)
    bill = None if asked.bill is None else find_bill(asked.bill, asked.as_of)
    sector = asked.sector or (bill.sector if bill else None)
    if sector is None:
        mend = Message.of("multipliers.sector.mend", codes=table.codes[:12])
        raise InvalidInput(Problem(Message.of("multipliers.no_sector"), Place("--sector"), mend))
    sizes = None if asked.region is None else read_region(asked.region, str(asked.region))
    if sizes is None and asked.size is not None:
        sizes = region_of_size(table, asked.size)
    ends = multipliers.DELTA if delta is None else (delta.low, delta.high)
    found = multipliers.study(table, sector, bill, sizes, asked.method, ends)
    made = () if output is None else multipliers.effects(found, output, anyway, displaced)
    if as_json:
        print(dump_json(_document(found, made)), end="")
        return
    _show(found, lang)
    _show_parts(found, lang)
    _show_sectors(found, lang)
    _show_effects(made, lang)
    _remarks(found, bill.base if bill else None, lang)
    if asked.region is None and asked.size is not None:
        _tell("multipliers.size", lang, part=asked.size)


def span_of(text: str | None, option: str) -> Span | None:
    """An interval as it is typed: ``LOW:HIGH``, or one number."""
    if text is None:
        return None
    low, _, high = text.partition(":")
    try:
        return Span(float(low), float(high or low))
    except ValueError:
        cause, mend = Message.of("multipliers.span", text=text), Message.of("multipliers.span.mend")
        raise InvalidInput(Problem(cause, Place(option), mend, excerpt=text)) from None


def _show(found: multipliers.Study, lang: str) -> None:
    label = found.table.labels[found.table.codes.index(found.sector)]
    where = "nation" if found.method is None else "region"
    _tell(f"multipliers.title.{where}", lang, sector=found.sector, label=label, method=found.method or "")
    if found.table.invented:
        _tell("multipliers.invented", lang)
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
            _tell(f"multipliers.difference.{measure}.{side}", lang, difference=_span(held.difference))


def _show_parts(found: multipliers.Study, lang: str) -> None:
    if not found.parts:
        return
    print()
    _tell("multipliers.parts", lang)
    rows = Table(box=None, pad_edge=False)
    for head in ("part", "share", "adds"):
        rows.add_column(say(f"multipliers.head.{head}", lang), justify="left" if head == "part" else "right")
    for part in found.parts:
        rows.add_row(part.label, _span(part.share), _span(part.adds))
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


def _show_effects(made: tuple[multipliers.Effect, ...], lang: str) -> None:
    if not made:
        return
    print()
    _tell("multipliers.effects", lang)
    rows = Table(box=None, pad_edge=False)
    for head in ("measure", "gross", "net"):
        rows.add_column(say(f"multipliers.head.{head}", lang), justify="left" if head == "measure" else "right")
    for effect in made:
        net = say("multipliers.no_net", lang) if effect.net is None else _span(effect.net)
        rows.add_row(say(f"multipliers.measure.{effect.measure}", lang), _span(effect.gross), net)
    Console(width=max(Console().width, WIDTH)).print(rows)


def _remarks(found: multipliers.Study, base: str | None, lang: str) -> None:
    said = [render(remark, lang) for remark in found.remarks[:SHOWN]]
    said += [say("multipliers.base", lang, base=base)] if base else []
    said += [say("multipliers.flq", lang, low=found.delta[0], high=found.delta[1])] if found.method == "flq" else []
    for line in said:
        print("\n".join(wrap(line, WIDTH, indent="    ", first="  · ")))


def _span(span: Span) -> str:
    low, high = (f"{end:,.3f}" if abs(end) < 100 else f"{end:,.0f}" for end in (span.low, span.high))
    return (low if low == high else f"{low} – {high}").replace("-", MINUS)


def _tell(id: str, lang: str, **params: Parameter) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


def _document(found: multipliers.Study, made: tuple[multipliers.Effect, ...]) -> dict[str, Any]:
    sectors = zip(found.table.codes, found.backward, found.forward, found.extracted, strict=True)
    return {
        "table": {"file": found.table.name, "form": found.table.form, "invented": found.table.invented},
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
        "effects": [effect.as_dict() for effect in made],
        "remarks": [remark.as_dict() for remark in found.remarks],
    }


def _ends(span: Span) -> list[float]:
    return [_round(span.low), _round(span.high)]


def _round(value: float) -> float:
    return float(f"{value:.9g}")
