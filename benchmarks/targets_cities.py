"""The list of targets of further cities as of Hefei's day, frozen with the arrivals before it is scored.

``freeze`` writes the lists of each city with the hashes of the method, of the view, of the rules of scoring and of the
list of arrivals (``benchmarks/targets/came_cities.csv``). ``score`` refuses when rules or arrivals are other ones, and
writes ``benchmarks/results/targets.md`` beside Hefei's. How an arrival is matched and counted is Hefei's, too
(``benchmarks/targets_hefei.py``).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks import targets_hefei as hefei

from guanzi.base.core import sha256_of
from guanzi.intake.chains import load_chain
from guanzi.study.chains import firm_candidates, groups_of, link_candidates, rank_targets

ANCHORS = {"wuhan": "dongfeng", "changzhou": "li-auto"}
"""The cities with the most arrivals dated after the day, of four that were looked at, and the car maker of each."""
CAME = hefei.HERE / "targets" / "came_cities.csv"
FROZEN = hefei.HERE / "results" / "targets_cities_frozen.json"
SCORED = hefei.HERE / "results" / "targets_cities.json"
PAGE = hefei.HERE / "results" / "targets.md"


def frozen() -> dict[str, Any]:
    """The lists of all cities with the hashes of all that made them."""
    view = load_chain("nev").view(hefei.AS_OF)
    lists = {}
    for city, anchor in ANCHORS.items():
        firms = rank_targets(firm_candidates(view, (city,), (anchor,)), hefei.KS, hefei.SEED)
        links = rank_targets(link_candidates(view, (city,), (anchor,)), hefei.KS, hefei.SEED)
        lists[city] = {
            "anchor": anchor,
            "firms": [[target.candidate.firm, target.candidate.component] for target in firms],
            "links": [target.candidate.component for target in links],
            "by_size": hefei.by_size(view, [target.candidate.firm for target in firms]),
        }
    hashes = {
        "method_sha256": hefei.method_sha256(),
        "rules_sha256": hefei.rules_sha256(),
        "view_sha256": view.sha256,
        "came_sha256": sha256_of(CAME.read_bytes()),
    }
    return {"as_of": hefei.AS_OF.isoformat(), "until": hefei.UNTIL.isoformat(), **hashes, "cities": lists}


def score() -> dict[str, Any]:
    """Hits of the frozen lists.

    Raises:
        SystemExit: The rules or the arrivals are not those that were frozen.
    """
    kept = json.loads(FROZEN.read_text("utf-8"))
    if kept["rules_sha256"] != hefei.rules_sha256() or kept["came_sha256"] != sha256_of(CAME.read_bytes()):
        raise SystemExit("these are not the rules and arrivals that were frozen")
    with CAME.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if kept["as_of"] < row["day"] <= kept["until"]]
    groups = groups_of(load_chain("nev").view())
    return {
        city: _scored(listed, [row for row in rows if row["city"] == city], groups)
        for city, listed in kept["cities"].items()
    }


def _scored(listed: dict[str, Any], arrivals: list[dict[str, str]], groups: dict[str, str]) -> dict[str, Any]:
    came = {groups.get(row["firm"], row["firm"]) for row in arrivals if row["firm"]}
    links = {link for row in arrivals for link in hefei.links_of(row["component"])}
    firms = list(dict.fromkeys(firm for firm, _ in listed["firms"]))
    hit = [firm for firm in firms if groups.get(firm, firm) in came]
    return {
        "arrivals": len(arrivals),
        "firms": len(firms),
        "firms_that_came": sorted(hit),
        "came_and_stood_on_no_list": sorted(came - {groups.get(firm, firm) for firm in firms}),
        "by_method": hefei._hits(firms, hit),
        "by_size": {f"top_{k}": hefei._expected(listed["by_size"], hit, k) for k in hefei.KS},
        "links": len(listed["links"]),
        "links_that_came": sorted(links),
        "links_by_method": hefei._hits(listed["links"], [link for link in listed["links"] if link in links]),
    }


def page(scored: dict[str, Any]) -> Iterator[str]:
    """The lines of the page: every list of every city, against chance and size."""
    yield "# Targets: who was on the list, and who came\n"
    yield "Made by `python -m benchmarks.targets_cities score`. Lists as of 29 April 2020, arrivals until the end of"
    yield "2025; rules, lists and arrivals were hashed before scoring (`targets_hefei_frozen.json`,"
    yield "`targets_cities_frozen.json`). The last column is of the first 20.\n"
    yield "| city | list | came | first 10 | chance | size | first 20 | chance | size | as many by chance |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for city, found in scored.items():
        none = {f"top_{k}": "–" for k in hefei.KS}
        yield _row(
            f"{city} | firms", found["firms"], len(found["firms_that_came"]), found["by_method"], found["by_size"]
        )
        yield _row(f"{city} | links", found["links"], len(found["links_that_came"]), found["links_by_method"], none)
    unlisted = {city: found["came_and_stood_on_no_list"] for city, found in scored.items()}
    told = "; ".join(f"{city} {len(names)} ({', '.join(names)})" for city, names in unlisted.items())
    yield f"\nCame and stood on no list: {told}.\n"
    yield from (hefei.HERE / "targets" / "cities.md").read_text("utf-8").splitlines()


def _row(listed: str, total: int, came: int, by: dict[str, Any], size: dict[str, Any]) -> str:
    cells = [f"{by[top][kind]}" if kind else f"{size[top]}" for top in by for kind in ("hits", "by_chance", "")]
    return f"| {listed} | {came} of {total} | {' | '.join(cells)} | {by['top_20']['as_many_by_chance']:.0%} |"


def main() -> None:
    """Freeze, or score and write the page."""
    if sys.argv[1:] == ["freeze"]:
        hefei._write(FROZEN, frozen())
        return
    scored = score()
    hefei._write(SCORED, scored)
    kept = json.loads(hefei.SCORED.read_text("utf-8"))["hefei"]
    beside = {"hefei": {**kept, "came_and_stood_on_no_list": kept["firms_that_came_and_stood_on_no_list"]}, **scored}
    PAGE.write_text("\n".join(page(beside)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
