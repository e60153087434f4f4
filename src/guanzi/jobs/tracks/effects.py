"""The effect of an event on an industry of a province: against a mixture of provinces without it, with placebos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, localised, meant
from guanzi.intake.industries import IndustryPanel, shipped_records
from guanzi.jobs.shared.run import Run
from guanzi.jobs.tracks import industries
from guanzi.jobs.tracks.declared import EffectData, EffectRequest
from guanzi.study.effects import PlaceEffect, judge_effect
from guanzi.study.tracks import places

if TYPE_CHECKING:
    from guanzi.render import Document

Request = EffectRequest
_LAST = 9999
PROVINCE = "PROVINCE"
"""The argument that names the region."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, of which province and industry, on which panel."""

    region: str
    industry: str
    panel: IndustryPanel
    since: int
    effect: PlaceEffect


def judge(request: Request) -> Result:
    """The effect, or why it is not identified; figures are shares of the sum of all provinces in a year.

    Raises:
        InvalidInput: There is no such panel, province or industry, or the workbook cannot be read.
    """
    panel = _panel(request)
    region = _named("region", places.find_place(request.region, PROVINCE).province, panel.regions)
    industry = _named("industry", request.industry, panel.industries)
    at = panel.industry_at(industry)
    figures = np.array([np.where(panel.unknown(y)[:, at], np.nan, panel.matrix(y)[:, at]) for y in panel.years])
    whole = np.nansum(figures, axis=1, keepdims=True)
    shares = figures / np.where(whole > 0, whole, np.nan)
    own = panel.region_at(region)
    others = [n for n in range(len(panel.regions)) if n != own]
    names = tuple(panel.regions[n] for n in others)
    until = request.until or _LAST
    effect = judge_effect(panel.years, shares[:, own], names, shares[:, others], request.since, until)
    return Result(region, industry, panel, request.since, effect)


def _panel(request: Request) -> IndustryPanel:
    offered = {record.id for record in shipped_records().values() if record.regions == "province"}
    if request.panel not in offered:
        cause = Message.of("desk.effect.no_panel", panel=request.panel)
        fix = meant(request.panel, offered, Message.of("desk.effect.panels", panels=tuple(sorted(offered))))
        raise InvalidInput(Problem(cause, Place("--panel"), fix, excerpt=request.panel))
    added = () if request.added is None else (request.added,)
    return industries.read(industries.IndustryFile(Path(request.panel), added=added), Run())


def _named(role: str, text: str, codes: Iterable[str]) -> str:
    """The code that a text names in English or Chinese."""
    wanted = text.casefold()
    known = {localised(code, lang).casefold(): code for code in codes for lang in ("en", "zh")}
    if wanted not in known:
        cause = Message.of(f"desk.effect.no_{role}", name=text)
        names = tuple(codes)
        fix = meant(text, set(known), Message.of("desk.effect.names", names=names))
        raise InvalidInput(Problem(cause, Place(PROVINCE if role == "region" else f"--{role}"), fix, excerpt=text))
    return known[wanted]


def data(result: Result) -> EffectData:
    """The effect as plain data."""
    found = result.effect
    return {
        "region": str(result.region),
        "industry": str(result.industry),
        "panel": result.panel.name,
        "since": result.since,
        "identified": not found.obstacle,
        "obstacle": found.obstacle,
        "donors": len(found.donors),
        "years_before": list(found.before),
        "mixture": {str(name): share for name, share in found.weights},
        "miss_before": found.miss,
        "placebos": found.placebos,
        "chance": None if found.obstacle else found.chance,
        "years": [
            {"year": y.year, "came": y.came, "without": y.without, "effect": y.effect, "low": y.low, "high": y.high}
            for y in found.years
        ],
    }


def document_of(result: Result) -> Document:
    """The effect as a document."""
    from guanzi.jobs.tracks.documents.effect import effect_document

    return effect_document(result.region, result.industry, result.since, result.panel, result.effect)
