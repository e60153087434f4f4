"""What cities have of the chain of new energy vehicles, and how open they are to their anchors, then and now.

Run it with ``python -m benchmarks.chain_cities``; it rewrites ``benchmarks/results/chain-cities.md``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import ClusterOpenness, grade_links, judge_openness, known_suppliers
from guanzi.study.chains.shares import ShareModel

RESULTS = Path(__file__).parent / "results" / "chain-cities.md"
DAYS = (date(2020, 12, 31), date(2025, 12, 31))
HELD = date(2026, 11, 30)
"""By this day pages were read of which the day was not seen."""
CITIES: dict[str, tuple[str, ...]] = {
    "Hefei": ("hefei",),
    "Wuhu": ("wuhu",),
    "Shenzhen": ("shenzhen",),
    "Guangzhou": ("guangzhou",),
    "Shanghai": ("shanghai",),
    "Hangzhou, Ningbo": ("hangzhou", "ningbo"),
    "Suzhou, Wuxi, Changzhou": ("suzhou", "wuxi", "changzhou"),
    "Nanjing": ("nanjing",),
    "Xi'an": ("xian",),
    "Wuhan": ("wuhan",),
    "Chongqing": ("chongqing",),
    "Chengdu": ("chengdu",),
}
ANCHORS = (
    ("Hefei", ("byd",)),
    ("Hefei", ("vw-anhui",)),
    ("Hefei", ("byd", "vw-anhui")),
    ("Hefei", ("nio",)),
    ("Hefei", ("jac",)),
    ("Wuhu", ("chery",)),
    ("Shenzhen", ("byd",)),
    ("Guangzhou", ("gac",)),
    ("Shanghai", ("tesla",)),
    ("Hangzhou, Ningbo", ("geely",)),
    ("Suzhou, Wuxi, Changzhou", ("li-auto",)),
    ("Wuhan", ("dongfeng",)),
    ("Chongqing", ("changan",)),
)


def _view(day: date) -> ChainView:
    return load_chain("nev").view(day)


def _cities() -> list[str]:
    lines = [
        "## Links with evidence",
        "",
        "Of 52 links: present (of these, by leads alone that nobody has checked), planned, no evidence. A link counts "
        "by a source that names a plant for that very link; a head office alone is no plant.",
        "",
        "| city | end of 2020 | end of 2025 | with undated pages, read by 30 November 2026 |",
        "|---|---|---|---|",
    ]
    for name, places in CITIES.items():
        cells = []
        for day in (*DAYS, HELD):
            links = grade_links(_view(day), places).values()
            grades = [link.grade for link in links]
            leads = sum(link.unchecked for link in links)
            told = f"{grades.count('present')} ({leads})", grades.count("planned"), grades.count("no_evidence")
            cells.append("{}, {}, {}".format(*told))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _side_by_side() -> list[str]:
    held_on = [(city, day) for city in ("Hefei", "Shenzhen") for day in (*DAYS, HELD)]
    heads = " | ".join(f"{city} {day.year}" for city, day in held_on)
    lines = ["## Hefei and Shenzhen, link by link", "", f"| link | {heads} |", "|---" * 7 + "|"]
    found = [grade_links(_view(day), CITIES[city]) for city, day in held_on]
    for id, component in load_chain("nev").components.items():
        held = [links[id] for links in found]
        if any(link.grade != "no_evidence" for link in held):
            words = [
                "–" if link.grade == "no_evidence" else link.grade + (" (lead)" if link.unchecked else "")
                for link in held
            ]
            lines.append(f"| {component.name} | " + " | ".join(words) + " |")
    command = "`guanzi chain compare nev --beside shenzhen --before 2020-12-31 --as-of 2025-12-31 --out FILE.png`"
    end = f"Links of which neither city has evidence on any day are left out. As a picture: {command}."
    return [*lines, "", end]


def _percent(span: tuple[float, ...] | None) -> str:
    return "–" if span is None else f"{100 * span[0]:.0f}–{100 * span[-1]:.0f} %"


def _anchors() -> list[str]:
    view = load_chain("nev").view()
    lines = [
        "## Openness to anchors, and the cluster without them",
        "",
        "By the evidence alone, and by the model of unknown shares (5 to 95 % of its draws).",
        "",
        "| city | anchor | suppliers | known | captive, evidence | captive, model | survive, evidence | survive, model "
        "| links that stay, evidence | model | open, by the model |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    judged = []
    for city, anchors in ANCHORS:
        found = judge_openness(view, CITIES[city], anchors)
        judged.append((f"{city} without {', '.join(view.firms[a].name for a in anchors)}", found))
        gone = found.removal
        names = ", ".join(view.firms[a].name for a in anchors)
        known = sum(s.known for s in found.suppliers)
        low, _, high = gone.links_model
        stay = f"{_percent(gone.survive)} | {_percent(gone.model)}"
        lines.append(
            f"| {city} | {names} | {len(found.suppliers)} | {known} "
            f"| {_percent(found.captive)} | {_percent(found.model)} | {stay} "
            f"| {gone.links_after[0]}–{gone.links_after[1]} of {gone.links_before} | {low}–{high} "
            f"| {100 * found.odds['open']:.0f} % |"
        )
    return [*lines, "", *_widths(judged)]


def _widths(judged: list[tuple[str, ClusterOpenness]]) -> list[str]:
    """For how many anchors the model halves the interval of the captive part, and where it does not."""
    model = {name: found.model[-1] - found.model[0] for name, found in judged}
    evidence = {name: found.captive[1] - found.captive[0] for name, found in judged}
    wide = [name for name in model if model[name] > evidence[name] / 2]
    few = {name: len(found.suppliers) for name, found in judged}
    shown = "; ".join(
        f"{name}, {100 * model[name]:.0f} points against {100 * evidence[name]:.0f} ({few[name]} suppliers)"
        for name in wide
    )
    return [
        f"By the model the interval of the captive part is at most half as wide as with no fact known (100 points) for "
        f"{sum(width <= 0.5 for width in model.values())} of {len(model)} anchors, and at most half as wide as by the "
        f"evidence alone for {len(model) - len(wide)}. Not halved: {shown or 'none'}. Where a city has few suppliers "
        "with a source, one of them moves the part by 20 points or more.",
        "",
        "One anchor by command: `guanzi chain open nev --at hefei --anchor byd,vw-anhui`.",
    ]


def _held() -> list[str]:
    """How the model does on the suppliers that are known, each left out in turn."""
    view = load_chain("nev").view()
    known, hits, widths = known_suppliers(view), 0, []
    for i, supplier in enumerate(known):
        generator = np.random.Generator(np.random.Philox([1, i]))
        model = ShareModel(view, (*known[:i], *known[i + 1 :]), generator, 2000)
        low, high = np.quantile(model.largest(supplier.components)[0], (0.05, 0.95))
        hits += bool(low <= supplier.share <= high)
        widths.append(high - low)
    width = f"{100 * np.mean(widths):.0f} points"
    return [
        "## Does the model hold?",
        "",
        f"Each of the {len(known)} suppliers whose largest customer is stated was left out, and its share predicted by "
        f"the others: {hits} of {len(known)} lie in the interval of 90 %, whose mean width is {width}. "
        "Most shares come from share offers that were examined because of them, so that the model errs towards "
        "captive. It does not know how large a maker is.",
    ]


def main() -> None:
    """Write the page."""
    how = "`python -m benchmarks.chain_cities`. How: `docs/methods/chains.md`."
    text = (
        f"# The chain of new energy vehicles by city\n\n{how}\n\n"
        + "\n\n".join("\n".join(part) for part in (_cities(), _side_by_side(), _anchors(), _held()))
        + "\n"
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
