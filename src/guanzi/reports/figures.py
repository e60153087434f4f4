"""Figures in words: a number with its unit and interval, to three significant digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from guanzi.advice.appraisal import Figure
from guanzi.base.core import Message, render, said
from guanzi.reports.scales import Scale, decimals, number, scale_for, whole_unit
from guanzi.reports.words import joint


def format_figure(figure: Figure, lang: str = "en", figures: Mapping[str, Figure] = MappingProxyType({})) -> str:
    r"""The figure as a reader sees it; ``figures`` are those of the appraisal, among which it finds its parents.

    >>> from guanzi.advice.appraisal import Text
    >>> label = Text(id="reports.advice.back")
    >>> format_figure(Figure(id="n", label=label, value=7020.4, low=-2100, high=14300, unit="CNY m", kind="simulated"))
    '7.0 bn yuan; 90\xa0% between −2.1 and 14.3'
    >>> format_figure(Figure(id="jobs", label=label, value=None, unit="jobs", kind="gap"))
    'no evidence'
    """
    parts = [format_value(figure, lang), format_sample(figure, lang, figures), format_interval(figure, lang)]
    return joint("clause", lang).join(part for part in parts if part)


def format_sample(figure: Figure, lang: str = "en", figures: Mapping[str, Figure] = MappingProxyType({})) -> str:
    """The reference class of a proportion: so many of so many paths, checks or comparable cases; empty without one."""
    if figure.value is None or figure.sample is None:
        return ""
    k, n = figure.sample
    kind = "paths" if _is_simulated(figure, figures) else "checks" if "playbook" in figure.parents else "cases"
    return render(Message.of(f"reports.figure.sample_{kind}", k=k, n=n), lang)


def _is_simulated(figure: Figure, figures: Mapping[str, Figure]) -> bool:
    if figure.kind == "simulated" or "simulation" in figure.parents:
        return True
    return any(_is_simulated(figures[id], figures) for id in figure.parents if id in figures)


def format_amount(value: float, unit: str, lang: str = "en") -> str:
    """An amount with its unit, in the size that reads best.

    >>> format_amount(7000.0, "CNY m")
    '7.0 bn yuan'
    """
    scale = scale_for(unit, (value,), lang)
    shown = value / scale.divisor
    return scale.label(number(shown, decimals([shown], scale)), lang)


def format_value(figure: Figure, lang: str = "en") -> str:
    """The value with its unit, without interval; "no evidence" for a gap; both ends where there is nothing between."""
    if figure.value is None:
        return render(Message.of("reports.figure.none"), lang)
    if figure.bounds and figure.low != figure.high:
        return render(Message.of("reports.figure.bounds", **_ends(figure, lang)), lang)
    scale, places = _form(figure, lang)
    return scale.label(number(figure.value / scale.divisor, places), lang)


def format_interval(figure: Figure, lang: str = "en") -> str:
    """The 90 % interval in the unit of the value; empty where none is stated, or it is the value."""
    if figure.value is None or figure.low is None or figure.high is None or figure.bounds:
        return ""
    ends = _ends(figure, lang)
    scale, places = _form(figure, lang)
    if {number(v / scale.divisor, places) for v in (figure.low, figure.value, figure.high)} == {
        number(figure.value / scale.divisor, places)
    }:
        return ""
    return render(Message.of("reports.figure.interval", **ends), lang)


def _ends(figure: Figure, lang: str) -> dict[str, str]:
    """Both ends in the unit of the value, which English says with the value, or the upper end, alone."""
    scale, places = _form(figure, lang)
    low, high = (number(v / scale.divisor, places) for v in (figure.low or 0.0, figure.high or 0.0))
    if scale.each:
        low, high = scale.label(low, lang), scale.label(high, lang)
    elif lang != "en" or figure.bounds:
        high = scale.label(high, lang)
    return {"low": low, "high": high}


def exact(value: float | bool | str | tuple[float, ...], unit: str, lang: str = "en") -> str:
    """A value in full precision, for hover and for the table of evidence; ratios in percent."""
    if isinstance(value, bool):
        return render(Message.of("reports.flag.yes" if value else "reports.flag.no"), lang)
    if isinstance(value, str):
        return said(value, lang)
    values = value if isinstance(value, tuple) else (value,)
    scale = scale_for(unit, values, lang)
    if lang == "en" and unit not in ("ratio", "ratio points") and not unit.endswith(" k"):  # millions stay millions
        scale = replace(scale, divisor=1.0, unit=whole_unit(unit, lang))
    texts = [_digits(v / scale.divisor) for v in values]
    text = texts[0]
    if len(texts) > 1:
        text = render(Message.of("reports.figure.range", low=texts[0], high=texts[1]), lang)
    return text if unit in {"", "flag", "text"} else scale.label(text, lang)


def _digits(value: float) -> str:
    value = round(value, 10) + 0.0  # + 0.0: no minus sign before a nought
    if abs(value) >= 1e15:
        return f"{value:,.0f}".replace("-", "−")
    text = f"{Decimal(f'{value:.15g}'):,f}"  # fifteen digits: what a float holds; more shows 0.32 as 0.3199999999
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def _form(figure: Figure, lang: str) -> tuple[Scale, int]:
    values = [v for v in (figure.value, figure.low, figure.high) if v is not None]
    scale = scale_for(figure.unit, values, lang)
    return scale, decimals([v / scale.divisor for v in values], scale)
