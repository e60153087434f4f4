"""Design tokens: the one palette of pages and charts, in light and dark.

Charts are drawn in the light colours; the stylesheet maps each of them to its token, so that one SVG serves light,
dark and print. Print is always light.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning. ``outcome`` is kept for outcomes revealed later and used for nothing else.

    Attributes:
        good, caution, risk, unknown: Only with their meaning, and never without a shape or word beside them.
        failure, departure, first, second: Categorical, told apart by colour-blind readers.
        paid: Money paid before any new binding.
    """

    paper: str
    surface: str
    ink: str
    muted: str
    rule: str
    accent: str
    good: str
    caution: str
    risk: str
    unknown: str
    failure: str
    departure: str
    first: str
    second: str
    paid: str
    outcome: str


LIGHT = Palette(
    paper="#fdfcf8",
    surface="#f4f1e9",
    ink="#1c1d1f",
    muted="#5a5a57",
    rule="#d4cfc2",
    accent="#0d5a66",
    good="#1f6b3a",
    caution="#8a5a00",
    risk="#a8261c",
    unknown="#6b6b68",
    failure="#b8431a",
    departure="#2457a6",
    first="#0e6c7a",
    second="#9a5b00",
    paid="#7d7768",
    outcome="#8a2a86",
)
DARK = Palette(
    paper="#15171a",
    surface="#1f2226",
    ink="#ebe8e0",
    muted="#aeaba3",
    rule="#43474d",
    accent="#7cc8d4",
    good="#7fcf99",
    caution="#e3b457",
    risk="#f5948a",
    unknown="#a5a5a0",
    failure="#f2926b",
    departure="#8db7f5",
    first="#6cc6d2",
    second="#e2ab56",
    paid="#a49e8e",
    outcome="#dd92da",
)


_CHINESE = """.kicker { text-transform: none; letter-spacing: 0.04em; }
@media screen and (max-width: 44rem) {
  .stack td::before, .data td::before { content: attr(data-label) "："; }
}
"""


def stylesheet(lang: str = "en") -> str:
    """The stylesheet of every page: tokens, then the rules of ``assets/guanzi.css``, then those of the language."""
    rules = files("guanzi.render").joinpath("assets/guanzi.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_variables(DARK)}}}\n"
    return _variables(LIGHT) + dark + _chart_rules() + rules + (_CHINESE if lang == "zh" else "")


def _variables(palette: Palette) -> str:
    return ":root {\n" + "".join(f"  --{name}: {colour};\n" for name, colour in asdict(palette).items()) + "}\n"


def _chart_rules() -> str:
    lines = []
    for name, colour in asdict(LIGHT).items():
        lines.append(f'.drawing [fill="{colour}"] {{ fill: var(--{name}); }}')
        lines.append(f'.drawing [stroke="{colour}"] {{ stroke: var(--{name}); }}')
    return "\n".join(lines) + "\n"
