"""The list of targets of Hefei as of 29 April 2020: frozen with its method before arrivals were opened, then scored.

``freeze`` writes both lists (firms, and links whoever makes them) with the hashes of the method, of the view and of
the rules of scoring to ``benchmarks/results/targets_hefei_frozen.json``. ``score`` refuses when the rules are other
ones, reads what came (``benchmarks/targets/came.csv``) and counts hits among the first 10 and 20, against the
order by size alone and against chance.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from scipy.stats import hypergeom

from guanzi.base.core import sha256_of
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study import chains
from guanzi.study.chains import firm_candidates, groups_of, link_candidates, rank_targets
from guanzi.study.chains.targets import CRITERIA, DRAWS, LINK_CRITERIA, REACH_KM, VERSION

AS_OF = date(2020, 4, 29)
UNTIL = date(2025, 12, 31)
PLACES, ANCHORS = ("hefei",), ("nio",)
KS = (10, 20)
SEED = 1
HERE = Path(__file__).parent
FROZEN = HERE / "results" / "targets_hefei_frozen.json"
CAME = HERE / "targets" / "came.csv"
SCORED = HERE / "results" / "targets_hefei.json"
METHOD = ("costs.py", "gaps.py", "grades.py", "groups.py", "targets.py")

#: Which link an arrival is, by words of its component as the source names it; the first that fits counts, and an
#: arrival may be several links. Fixed before arrivals were opened.
KEYWORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("copper-foil", ("copper foil", "铜箔")),
    ("cathode", ("cathode", "lfp material", "正极")),
    ("anode", ("anode", "负极")),
    ("electrolyte", ("electrolyte", "电解液")),
    ("separator", ("separator", "隔膜")),
    ("lithium", ("lithium carbonate", "lithium hydroxide", "碳酸锂")),
    ("module", ("module", "模组")),
    ("battery-system", ("pack", "battery system", "battery assembly", "电池系统", "电池包")),
    ("cell", ("cell", "batteries", "battery", "电芯", "动力电池")),
    ("bms", ("bms", "battery management")),
    ("battery-harness", ("harness", "connector", "cable", "线束", "连接器")),
    ("power-module", ("igbt", "power module", "power semiconductor", "sic", "功率")),
    ("motor", ("motor", "electric drive", "e-drive", "电机", "电驱")),
    ("electronic-control", ("inverter", "electronic control", "motor control", "电控")),
    ("giga-casting", ("casting", "压铸")),
    ("stamping", ("stamping", "welding", "hot-stamped", "body parts", "冲压")),
    ("glass", ("glass", "玻璃")),
    ("tyres", ("tyre", "tire", "轮胎")),
    ("brakes", ("brake", "steering gear", "steering system", "eps", "by-wire", "制动", "转向")),
    ("chassis", ("chassis", "suspension", "axle", "air spring", "底盘", "悬架")),
    ("seals", ("seal", "rubber", "密封")),
    ("seats", ("seat", "座椅")),
    ("cockpit", ("cockpit", "dashboard", "trim", "interior", "exterior", "bumper", "座舱", "内饰", "饰件")),
    ("safety", ("airbag", "seat belt", "steering wheel", "safety", "安全")),
    ("displays", ("display", "hud", "screen", "显示")),
    ("lamps", ("lamp", "light", "车灯")),
    ("infotainment", ("infotainment", "voice", "audio", "语音")),
    ("memory-chip", ("memory", "dram", "存储")),
    ("foundry-chips", ("foundry", "wafer", "晶圆")),
    ("compute-chip", ("compute chip", "soc", "driving chip", "计算芯片")),
    (
        "domain-controller",
        ("domain controller", "driving software", "adas", "intelligent driving", "域控"),
    ),
    ("lidar", ("lidar", "激光雷达")),
    ("cameras", ("camera", "radar", "sensor", "摄像头", "传感器")),
    ("thermal", ("thermal", "heat pump", "air conditioning", "cooling", "热管理", "热泵")),
)


COUNTS = """An arrival counts when it is dated after the day and not after the last day, in the city of Hefei (first
count) or anywhere in Anhui (second count), and is no exit. A firm is hit when the arrival is of its group; a link when
a word of the component fits, as a whole word with or without a plural s. Of a firm that stands for several components,
the first standing counts. Firms of which no size is known come last by size, in expectation."""


def main() -> None:
    """Freeze, or score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("freeze", "score"))
    if parser.parse_args().what == "freeze":
        _write(FROZEN, frozen())
    else:
        _write(SCORED, score())


def frozen() -> dict[str, object]:
    """Both lists with the hashes of all that made them."""
    view = load_chain("nev").view(AS_OF)
    firms = rank_targets(firm_candidates(view, PLACES, ANCHORS), KS, SEED)
    links = rank_targets(link_candidates(view, PLACES, ANCHORS), KS, SEED)
    return {
        "as_of": AS_OF.isoformat(),
        "until": UNTIL.isoformat(),
        "method": VERSION,
        "method_sha256": method_sha256(),
        "rules_sha256": rules_sha256(),
        "view_sha256": view.sha256,
        "criteria": list(CRITERIA),
        "link_criteria": list(LINK_CRITERIA),
        "firms": [_row(t) for t in firms],
        "links": [_row(t) for t in links],
        "by_size": by_size(view, [t.candidate.firm for t in firms]),
    }


def method_sha256() -> str:
    """Hash of the code that ranks, and of its constants."""
    folder = Path(chains.__file__).parent
    code = {name: sha256_of((folder / name).read_bytes()) for name in METHOD}
    return sha256_of({"code": code, "draws": DRAWS, "reach": REACH_KM, "seed": SEED})


def rules_sha256() -> str:
    """Hash of how arrivals are matched and what counts."""
    return sha256_of(
        {
            "keywords": [[link, list(words)] for link, words in KEYWORDS],
            "places": list(PLACES),
            "until": UNTIL.isoformat(),
            "ks": list(KS),
            "counts": COUNTS,
        }
    )


def by_size(view: ChainView, firms: Sequence[str]) -> list[list[str]]:
    """Firms in the order of size alone: sales, then installed batteries; the last group has no size and no order."""
    sales = {s.of: s.interval[1] for s in view.of_kind("size") if s.unit == "USD bn"}
    cells = {s.of: s.interval[1] for s in view.of_kind("size") if s.unit == "GWh"}
    names = list(dict.fromkeys(firms))
    first = sorted((f for f in names if f in sales), key=lambda f: -sales[f])
    second = sorted((f for f in names if f in cells and f not in sales), key=lambda f: -cells[f])
    return [[f] for f in (*first, *second)] + [[f for f in names if f not in sales and f not in cells]]


def links_of(component: str) -> tuple[str, ...]:
    """The links that an arrival is, by the words of its source."""
    told = component.casefold()
    return tuple(link for link, words in KEYWORDS if any(_stands_in(word, told) for word in words))


def _stands_in(word: str, told: str) -> bool:
    if not word.isascii():
        return word in told
    return re.search(rf"(?<![a-z]){re.escape(word)}s?(?![a-z])", told) is not None


def score() -> dict[str, object]:
    """Hits of the frozen lists; the lists are never made anew.

    Raises:
        SystemExit: The rules of scoring are not those that were frozen.
    """
    kept = json.loads(FROZEN.read_text("utf-8"))
    if kept["rules_sha256"] != rules_sha256():
        raise SystemExit("these are not the rules of scoring that were frozen")
    with CAME.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    groups = groups_of(load_chain("nev").view())
    hashes = ("method_sha256", "rules_sha256", "view_sha256")
    found: dict[str, object] = {"frozen": {name: kept[name] for name in hashes}}
    for where in ("hefei", "anhui"):
        counted = [r for r in rows if AS_OF.isoformat() < r["day"] <= UNTIL.isoformat() and r["exit"] != "yes"]
        counted = [r for r in counted if where == "anhui" or r["city"] == "hefei"]
        came = {groups.get(r["firm"], r["firm"]) for r in counted if r["firm"]}
        links = {link for r in counted for link in links_of(r["component"])}
        firms = list(dict.fromkeys(row["firm"] for row in kept["firms"]))
        hit = [f for f in firms if groups.get(f, f) in came]
        listed = [row["component"] for row in kept["links"]]
        found[where] = {
            "arrivals": len(counted),
            "firms": len(firms),
            "firms_that_came": sorted(hit),
            "firms_that_came_and_stood_on_no_list": sorted({r["name"] for r in counted if not r["firm"]}),
            "by_method": _hits(firms, hit),
            "by_size": {f"top_{k}": _expected(kept["by_size"], hit, k) for k in KS},
            "links": len(listed),
            "links_that_came": sorted(links),
            "links_by_method": _hits(listed, [link for link in listed if link in links]),
        }
    return found


def _hits(ranked: Sequence[str], hit: Iterable[str]) -> dict[str, object]:
    wanted = set(hit)
    found: dict[str, object] = {}
    for k in KS:
        n = len([r for r in ranked[:k] if r in wanted])
        chance = k * len(wanted) / len(ranked)
        p = float(hypergeom.sf(n - 1, len(ranked), len(wanted), min(k, len(ranked))))
        names = [r for r in ranked[:k] if r in wanted]
        found[f"top_{k}"] = {"hits": n, "names": names, "by_chance": round(chance, 2), "as_many_by_chance": round(p, 4)}
    return found


def _expected(order: list[list[str]], hit: Iterable[str], k: int) -> float:
    """Hits among the first k, in expectation over the order of those without a size."""
    wanted, left, found = set(hit), k, 0.0
    for group in order:
        took = min(left, len(group))
        found += took * len([f for f in group if f in wanted]) / len(group) if group else 0.0
        left -= took
    return round(found, 2)


def _row(target: chains.Target) -> dict[str, object]:
    c = target.candidate
    return {
        "firm": c.firm,
        "component": c.component,
        "top": {str(k): round(v, 4) for k, v in target.top.items()},
        "rank": list(target.rank),
        "unknown": list(c.unknown),
    }


def _write(path: Path, data: dict[str, object]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path.name)


if __name__ == "__main__":
    main()
