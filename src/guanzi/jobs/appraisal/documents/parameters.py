"""Parameters of the company model in words: what their distribution says, to three significant digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.advice.appraisal import ParameterData
from guanzi.jobs.shared.documents.words import say
from guanzi.render import Scale, decimals, exact, joint, number, scale_for


@dataclass(frozen=True, slots=True)
class DistributionWords:
    """The distribution of a parameter as a value of a table."""

    parameter: ParameterData

    def localised(self, lang: str) -> str:
        """It in words."""
        return format_distribution(self.parameter, lang)

    def full(self, lang: str) -> str:
        """Its values in full precision."""
        return exact_values(self.parameter, lang)

    def plain(self) -> dict[str, Any]:
        """It as plain data."""
        held = self.parameter
        return {"distribution": held.distribution, "values": list(held.values), "unit": held.unit}


_SPREAD = {"lognormal": 1}
"""Place among the values of one that has no unit: the standard deviation of a logarithm."""
_LAST_IN_SENTENCE = {"normal": 1, "uniform": 1, "triangular": 2, "piecewise": 2, "log_piecewise": 2}
"""Place of the value that is said last, and carries the unit for all."""


def format_distribution(parameter: ParameterData, lang: str = "en") -> str:
    """The distribution in words, e.g. "between 4 and 18 %, most likely 10 %"."""
    if parameter.unit == "flag":
        counted = exact(bool(parameter.values[0]), "flag", lang)
        return say("flag.unknown", lang, value=counted) if parameter.origin == "judgement" else counted
    bare = _SPREAD.get(parameter.distribution)
    values = [v for i, v in enumerate(parameter.stated) if i != bare]
    scale = scale_for(parameter.unit, values, lang)
    places = decimals([v / scale.divisor for v in sorted(values, key=abs, reverse=True)], scale)
    last = _LAST_IN_SENTENCE.get(parameter.distribution)
    shown = []
    for i, v in enumerate(parameter.stated):
        text = number(v, 2) if i == bare else number(v / scale.divisor, places, scale.digits)
        whole = i == bare or not (scale.each or last in (None, i) or _stands_around(scale, lang))
        shown.append(text if whole else scale.label(text, lang))
    return say(f"distribution.{parameter.distribution}", lang, **{f"v{i + 1}": text for i, text in enumerate(shown)})


def _stands_around(scale: Scale, lang: str) -> bool:
    """Whether words of the unit precede the number: then the unit of the last value cannot stand for all."""
    return not scale.label("0", lang).startswith("0")


def exact_values(parameter: ParameterData, lang: str = "en") -> str:
    """The values of the distribution in full precision."""
    bare = _SPREAD.get(parameter.distribution)
    return joint("clause", lang).join(
        exact(v, "" if i == bare else parameter.unit, lang) for i, v in enumerate(parameter.stated)
    )
