"""The parameters of the company model of a view: facts of the case first, comparable companies next, judgement last."""

from __future__ import annotations

from guanzi.appraisal.calibration.comparables import comparable_parameters
from guanzi.appraisal.calibration.judgements import JUDGEMENTS, RULES_VERSION
from guanzi.appraisal.calibration.making import estimate, fixed, judged
from guanzi.appraisal.calibration.own import own_parameters
from guanzi.appraisal.calibration.yearly import yearly_parameters
from guanzi.core import sha256_of
from guanzi.evidence import View
from guanzi.simulation import Parameter, ScaleUpManufacturer
from guanzi.terms import TermSheet, Unknown


def calibrate(view: View, sheet: TermSheet) -> ScaleUpManufacturer:
    """The model with every parameter as a distribution whose origin is stated.

    Args:
        view: What was known; no other figure enters.
        sheet: The term sheet; it gives the day of signing and the share that the company keeps.
    """
    found: dict[str, Parameter] = {name: judged(name, spread) for name, spread in JUDGEMENTS.items()}
    known = (*comparable_parameters(view), *yearly_parameters(view), *own_parameters(view, sheet.signed))
    for parameter in known:
        found[parameter.id] = parameter
    kept = _kept_share(sheet)
    if kept is not None:
        found["founder_share"] = kept
    return ScaleUpManufacturer(found)


def rules_sha256() -> str:
    """Hash of how parameters are made: version of the rules, model, and every judgement."""
    judgements = {name: [d.kind, *d.values] for name, d in JUDGEMENTS.items()}
    return sha256_of({"rules": RULES_VERSION, "model": ScaleUpManufacturer.VERSION, "judgements": judgements})


def _kept_share(sheet: TermSheet) -> Parameter | None:
    if not sheet.equities:
        return None
    equity = sheet.equities[0]
    share = equity.share
    if isinstance(share, Unknown):
        return None
    return estimate("founder_share", fixed(1.0 - share), "trend", (f"terms.{equity.id}",), share=1.0 - share)
