"""The dossier: an appraisal as one self-contained page for people."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from guanzi.appraisal import Appraisal, Fan
from guanzi.reports import words
from guanzi.reports.cash_chart import cash_call_picture, cash_sentence
from guanzi.reports.drawing import Picture
from guanzi.reports.evidence import certainty, clause_groups, filters, in_order, streams_of_facts
from guanzi.reports.fan_chart import fan_picture, fan_sentence
from guanzi.reports.figures import exact, format_figure, format_interval, format_sample, format_value
from guanzi.reports.parameters import exact_values, format_distribution
from guanzi.reports.parents import links, parent
from guanzi.reports.sensitivity_chart import bars, sensitivity_picture
from guanzi.reports.signature import signature_picture
from guanzi.reports.tables import (
    Table,
    cash_table,
    exposure_table,
    fan_table,
    payment_table,
    sensitivity_table,
    tier_table,
    trend_table,
)
from guanzi.reports.theme import stylesheet
from guanzi.reports.trend_chart import Point, trend_picture, trend_sentence

_RANK = ("deliveries", "vehicle_margin", "cash", "cash_without", "revenue", "gross_margin", "net_loss")


def write_dossier(appraisal: Appraisal, path: Path, lang: str = "en") -> None:
    """Write the dossier; the file appears whole or not at all.

    Args:
        appraisal: The appraisal, the only source of what the dossier says.
        path: The HTML file.
        lang: Language of the catalogues.
    """
    page = dossier_html(appraisal, lang)
    with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, suffix=".part", delete=False) as part:
        part.write(page)
    os.chmod(part.name, 0o644)
    os.replace(part.name, path)


def dossier_html(appraisal: Appraisal, lang: str = "en") -> str:
    """The dossier as HTML: one file without script and without outside requests, the same bytes for the same input."""
    environment = Environment(
        loader=PackageLoader("guanzi.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found = links(appraisal, lang)
    environment.filters |= {
        "tell": lambda text: words.tell(text, lang),
        "day": lambda value: words.day(value, lang),
        "period": lambda text: words.period(text, lang),
        "figure": lambda figure: format_figure(figure, lang, appraisal.figures),
        "sample": lambda figure: format_sample(figure, lang, appraisal.figures),
        "value": lambda figure: format_value(figure, lang),
        "interval": lambda figure: format_interval(figure, lang),
        "fact_value": lambda fact: exact(fact.value, fact.unit, lang),
        "distribution": lambda parameter: format_distribution(parameter, lang),
        "exact_values": lambda parameter: exact_values(parameter, lang),
        "markup": Markup,
    }
    environment.globals |= {
        "t": lambda id, /, **params: words.say(id, lang, **params),
        "word": lambda kind, code: words.word(kind, code, lang),
        "exact": lambda value, unit: exact(value, unit, lang),
        "link": lambda id: parent(found, id),
    }
    exposure = appraisal.exposure
    return environment.get_template("dossier.html.j2").render(
        a=appraisal,
        lang=lang,
        css=stylesheet(),
        finding={f.id: f for f in appraisal.findings},
        source={s.id: s for s in appraisal.sources},
        facts=in_order(appraisal, lang),
        risks=_unsaid(appraisal, appraisal.summary.risks),
        assets=_unsaid(appraisal, appraisal.summary.assets),
        certainty=certainty(appraisal, lang),
        filters=filters(appraisal, lang),
        fact_streams=streams_of_facts(appraisal),
        clause_groups=clause_groups(appraisal),
        signature=signature_picture(exposure, lang) if exposure else None,
        signature_small=signature_picture(exposure, lang, small=True) if exposure else None,
        signature_tables=_signature_tables(appraisal, lang),
        fans=[_fan(fan, appraisal, lang) for fan in _fans(appraisal)],
        trends=[trend for id in _ranked(appraisal.trends) if (trend := _trend(appraisal, id, lang))],
        cash=_cash(appraisal, lang),
        sensitivity=_sensitivity(appraisal, lang),
        leading=next((bar.name for bar in bars(appraisal.sensitivity, lang)), "") if appraisal.sensitivity else "",
    )


def _unsaid(appraisal: Appraisal, ids: Iterable[str]) -> list[str]:
    """Findings that the reasons have not said already."""
    findings = {finding.id: finding for finding in appraisal.findings}
    return [id for id in ids if findings[id].text not in appraisal.summary.reasons]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the page shows it: heading, what to see, picture, and the tables of its data with their captions."""

    id: str
    label: str
    sentence: str
    picture: Picture
    tables: tuple[tuple[Table, str], ...]


def _fans(appraisal: Appraisal) -> Sequence[Fan]:
    """Fans, without the two of the signature picture."""
    exposure = appraisal.exposure
    drawn = {exposure.failure.id, exposure.departure.id} if exposure else set()
    fans = {fan.id: fan for fan in appraisal.fans.values() if fan.id not in drawn and fan.dates}
    return [fans[id] for id in _ranked(fans)]


def _ranked(ids: Iterable[str]) -> list[str]:
    """Quantities in the order in which a reader asks for them; those without a rank follow by name."""
    return sorted(ids, key=lambda id: (_RANK.index(id) if id in _RANK else len(_RANK), id))


def _fan(fan: Fan, appraisal: Appraisal, lang: str) -> Chart:
    label = words.tell(fan.label, lang)
    picture = fan_picture(fan, appraisal.as_of, lang)
    tables = [(fan_table(fan, lang), label), *_by_year(appraisal, (fan.id,), lang)]
    return Chart(fan.id, label, fan_sentence(fan, lang), picture, tuple(tables))


def _by_year(appraisal: Appraisal, ids: Iterable[str], lang: str) -> list[tuple[Table, str]]:
    """Tables of sums by calendar year, for those that the appraisal has."""
    found = [appraisal.yearly[id] for id in ids if id in appraisal.yearly]
    return [(fan_table(fan, lang, by_year=True), words.tell(fan.label, lang)) for fan in found if fan.dates]


def _trend(appraisal: Appraisal, id: str, lang: str) -> Chart | None:
    """A trend; None without two values."""
    facts = {fact.id: fact for fact in appraisal.facts}
    observed = [o for o in appraisal.trends[id] if o.fact in facts]
    if len(observed) < 2:
        return None
    points = [Point(facts[o.fact].period, o.value) for o in observed]
    unit = facts[observed[0].fact].unit
    label = words.word("trend", id, lang)
    table = trend_table([facts[o.fact] for o in observed], lang)
    sentence = trend_sentence(label, unit, points, lang)
    return Chart(id, label, sentence, trend_picture(label, unit, points, lang), ((table, label),))


def _cash(appraisal: Appraisal, lang: str) -> Chart | None:
    years = appraisal.accounts.years
    if not years:
        return None
    unit = f"{appraisal.case.currency} m"
    label = words.say("section.cash", lang)
    sentence = cash_sentence(years, unit, lang)
    picture = cash_call_picture(years, unit, lang)
    tables = [(cash_table(years, unit, lang), label), *_by_year(appraisal, ("payments", "receipts"), lang)]
    return Chart("cash", label, sentence, picture, tuple(tables))


def _sensitivity(appraisal: Appraisal, lang: str) -> Chart | None:
    found = appraisal.sensitivity
    if found is None or not bars(found, lang):
        return None
    label = words.tell(found.result, lang)
    tables = ((sensitivity_table(found, lang), label),)
    return Chart("sensitivity", label, words.tell(found.sentence, lang), sensitivity_picture(found, lang), tables)


def _signature_tables(appraisal: Appraisal, lang: str) -> tuple[tuple[Table, str], ...]:
    exposure = appraisal.exposure
    if exposure is None:
        return ()
    found = [(exposure_table(exposure, lang), words.say("section.exposure", lang))]
    if exposure.tiers:
        found.append((tier_table(exposure, lang), words.say("chart.tiers", lang)))
    if exposure.payments:
        found.append((payment_table(exposure, lang), words.say("table.payments", lang)))
    return tuple(found)
