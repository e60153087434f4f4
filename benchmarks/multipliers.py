"""What bills of materials set off by three tables, a published multiplier, and the seven billion for NIO.

Run it with ``python -m benchmarks.multipliers``; it rewrites ``benchmarks/results/multipliers.md``. The part on NIO
reads the outcome of the case, which no analysis does: it says afterwards what sales of a year set off, beside what was
reported.
"""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from guanzi.intake.inputoutput import (
    IOTable,
    ProvinceTables,
    RegionFile,
    Span,
    find_bill,
    find_province,
    find_table,
    province_tables,
    region_of_size,
)
from guanzi.record.evidence import load_city, read_outcome
from guanzi.record.playbooks import load_playbook
from guanzi.study.chains.multipliers import Together, coefficients, effects, factor, spill_over, study, together
from guanzi.study.fiscal import displacement_in, load_displacement

RESULTS = Path(__file__).parent / "results" / "multipliers.md"
BILLS = ("nev", "evtol", "humanoid")
MEASURES = {
    "output": "output",
    "value_added": "value added",
    "taxes": "taxes on production",
    "employment": "jobs",
    "imports": "bought outside",
}
PUBLISHED = {"36077": 3.4277, "36078": 3.4924}
"""Column sums of the inverse: Method to Study the Importance of Automobile Industry Chain Based on the Input-Output
Model, *Discrete Dynamics in Nature and Society* 2022, 3105422, table 9. The page does not say of which year."""


def _told(span: Span | None, scale: float = 1.0, digits: int = 2) -> str:
    if span is None:
        return "–"
    low, high = (f"{scale * end:,.{digits}f}" for end in (span.low, span.high))
    return low if low == high else f"{low}–{high}"


def _places() -> dict[str, tuple[IOTable, RegionFile | None]]:
    china = find_table("china-2020")
    return {
        "China 2020": (china, None),
        "Anhui, in China 2020 by location quotients": (china, find_province("Anhui", china)),
        "Anhui 2017, its own table": (find_table("anhui-2017"), None),
        "United States 2017": (find_table("us-2017"), None),
    }


def _bills() -> list[str]:
    lines = [
        "## Three bills on three tables",
        "",
        "Per unit of final demand, direct and indirect; jobs per million yuan of 2020. The first number is that of the "
        "sector, the second that of the bill of materials.",
        "",
        "| product | table | " + " | ".join(MEASURES.values()) + " |",
        "|---|---|" + "---|" * len(MEASURES),
    ]
    for bill in BILLS:
        for place, (table, sizes) in _places().items():
            read = find_bill(bill).fitted(table)
            found = study(table, read.sector, read, sizes)
            cells = []
            for measure in MEASURES:
                answer, scale = found.answer(measure), 100.0 if measure == "employment" else 1.0
                cells.append("–" if answer is None else f"{_told(answer.sector, scale)}; {_told(answer.bill, scale)}")
            lines.append(f"| {read.title} | {place} | " + " | ".join(cells) + " |")
    return lines


def _published() -> list[str]:
    table = find_table("china-2020")
    whole = factor(coefficients(table.flows, table.output))
    ones = whole.multipliers(table.output[:, None] ** 0)[:, 0]
    lines = [
        "## Against a published multiplier of the Chinese car industry",
        "",
        "Column sums of the inverse of total use (imports count as if made at home), as the paper has them ([1]).",
        "",
        "| sector | published | China 2020, as the paper computes | China 2020, made at home |",
        "|---|---|---|---|",
    ]
    for code, value in PUBLISHED.items():
        label = table.labels[table.codes.index(code)]
        home = study(table, code).answer("output")
        mine = ones[table.codes.index(code)]
        lines.append(f"| {label} | {value:.2f} | {mine:.2f} | {_told(home.sector if home else None)} |")
    lines += [
        "",
        "[1] *Discrete Dynamics in Nature and Society* 2022, 3105422, table 9; the year of its table was not seen.",
    ]
    return lines


def _of_nio(china: IOTable) -> dict[str, RegionFile | None]:
    """Where effects are looked for; of the city nothing is held but its output beside the nation's value added."""
    output = next(fact.number for fact in load_city("hefei").facts if fact.id == "gdp-2020")
    part = float(output) * 100.0 / float(china.value_added.sum())
    return {"Hefei": region_of_size(china, part), "Anhui": find_province("Anhui", china), "China": None}


def _nio() -> list[str]:
    with as_file(files("guanzi.library").joinpath("cases", "nio-hefei-2020")) as folder:
        held = {fact.id: fact for fact in read_outcome(folder).facts}
    but_for, china = load_playbook("hefei").but_for, find_table("china-2020")
    taken = displacement_in(load_displacement(), "tradable", date(2026, 11, 30)).share
    assert taken is not None
    lines = [
        "## Seven billion for NIO: what its sales of a year set off",
        "",
        "All sales of the company count as if made of cars built in the place, by the bill of materials; direct and "
        f"indirect, at the coefficients of 2020. Net: due to the deal ({but_for.low:.0%}–{but_for.high:.0%} of it, the "
        "playbook's judgement) and, for city and province, not taken from others there "
        f"({taken.low:.0%}–{taken.high:.0%} is). For China as a whole nothing says how much was taken from other "
        "makers, so that the net is not said. Of Hefei no output by sector is held: its size alone (its product beside "
        "the value added of the nation) stands for it, as if it made a like part of everything; it makes more cars and "
        "parts than that. Do not read its share of Anhui from these figures.",
        "",
        "| year | sales, bn yuan | place | jobs | jobs, net | value added, bn | net | taxes, bn | net |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    anyway, displaced = Span(1.0 - but_for.high, 1.0 - but_for.low), Span(taken.low, taken.high)
    for year in (2020, 2022, 2025):
        sales = float(held[f"outcome-revenue-{year}"].value) * 100.0  # m yuan to the table's 10,000 yuan
        for place, sizes in _of_nio(china).items():
            found = study(china, "36077", find_bill("nev"), sizes)
            made = {e.measure: e for e in effects(found, Span(sales, sales), anyway, displaced if sizes else None)}
            cells = [_told(made["employment"].gross, 1.0, 0), _told(made["employment"].net, 1.0, 0)]
            for measure in ("value_added", "taxes"):
                cells += [_told(made[measure].gross, 1e-5, 1), _told(made[measure].net, 1e-5, 1)]
            lines.append(f"| {year} | {sales / 1e5:.1f} | {place} | " + " | ".join(cells) + " |")
    return lines


def _shares(tables: ProvinceTables) -> list[str]:
    """What the tables themselves leave open."""
    bought, sold = tables.imports + tables.inflow, tables.exports + tables.outflow
    through = float((bought > tables.output + bought - sold).mean())
    inward, outward = (float(x.sum()) / 1e8 for x in (tables.inflow, tables.outflow))
    return [
        f"All provinces together report {inward:.1f} trn yuan bought from other provinces and {outward:.1f} trn sold "
        "to them; for single products the two differ by far more, and nothing was adjusted. In "
        f"{through:.1%} of the cells more is bought outside than is used at home (goods in transit): there all use "
        "counts as bought outside.",
    ]


def _timed(act: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of CPU time, the best of five, and most MiB that Python and NumPy held."""
    seconds = []
    for _ in range(5):
        began = time.process_time()
        act()
        seconds.append(time.process_time() - began)
    tracemalloc.start()
    act()
    most = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return min(seconds), most


def _together() -> list[str]:
    tables = province_tables()
    system = together(tables)
    size, flows = system.part.size, system.local + system.inflow
    whole = np.eye(size)
    sold = np.repeat(system.part[:, None, :], len(tables.names), axis=1)
    sold[np.arange(len(sold)), np.arange(len(sold))] = 0.0
    total = sold.sum(axis=0)
    origin = np.divide(sold, total, out=np.zeros_like(sold), where=total > 0.0)
    between = np.einsum("rsi,sij->risj", origin, system.inflow)
    for s in range(len(between)):
        between[s, :, s, :] += system.local[s]
    whole -= between.reshape(size, size)
    inverse = np.linalg.inv(whole)
    ones = np.ones_like(system.part)
    apart = float(np.abs(system.multipliers(ones).ravel() / inverse.sum(axis=0) - 1.0).max())
    anhui = tables.names.index(next(n for n in tables.names if str(n) == "Anhui"))
    rows = {
        "sparse factors of the system": lambda: together(tables),
        "all multipliers of one measure": lambda: system.multipliers(ones),
        "one sector of one province, with bounds": lambda: spill_over(system, tables.names[anhui], "18"),
        "dense inverse (oracle)": lambda: np.linalg.inv(whole),
    }
    lines = [
        "## All provinces together",
        "",
        f"{len(tables.names)} provinces, {len(tables.codes)} sectors: {size} sectors and {len(tables.codes)} pools, "
        f"{system.factors.nnz:,} numbers in the sparse factors beside {size * size:,} of the dense inverse. The "
        f"largest relative difference of any multiplier to that of the dense inverse: {apart:.0e}. Purchases reach "
        f"{float(flows.sum(axis=1).max()):.2f} of output at most.",
        "",
        f"One thread of {os.cpu_count()}, load {os.getloadavg()[0]:.1f} when it began.",
        "",
        "| what | CPU, ms | memory held by arrays, MiB |",
        "|---|---|---|",
    ]
    for name, act in rows.items():
        seconds, most = _timed(act)
        lines.append(f"| {name} | {1e3 * seconds:.1f} | {most:.1f} |")
    lines += ["", *_shares(tables), "", *_spills(system), "", *_beside_nation(system)]
    return lines


def _spills(system: Together) -> list[str]:
    lines = [
        "Output set off by a unit of demand for transport equipment (18), direct and indirect. Alone: by the table of "
        "the province. With all: what comes back, and what arises elsewhere, by the pool; then whoever sells.",
        "",
        "| province | alone | with all, here | elsewhere | whoever sells | most of it in |",
        "|---|---|---|---|---|---|",
    ]
    for name in system.tables.names:
        found = spill_over(system, name, "18")
        if not found.measures:
            lines.append(f"| {name} | – | – | – | – | made none in 2017 |")
            continue
        m = found.measures[0]
        most = ", ".join(f"{n} {p:.0%}" for n, p in found.receivers[:3])
        lines.append(f"| {name} | {m.alone:.2f} | {m.here:.2f} | {m.elsewhere:.2f} | {_told(m.bounds)} | {most} |")
    return lines


def _beside_nation(system: Together) -> list[str]:
    """The mean over provinces beside the multipliers of the table of the nation."""
    nation, output = find_table("china-2020-42"), system.tables.output
    published = factor(coefficients(nation.flows, nation.output)).multipliers(np.ones(len(nation.codes)))
    mean = (system.multipliers(np.ones_like(output)) * output).sum(axis=0) / output.sum(axis=0)
    big = output.sum(axis=0) > 0.01 * output.sum()
    apart = np.abs(mean[big] / published[big] - 1.0)
    return [
        f"Beside the published table of the nation of 2020 (domestic use): over the {int(big.sum())} sectors with more "
        f"than 1 % of output, the mean over provinces is {apart.mean():.1%} away from the multiplier of the nation in "
        f"the mean and {apart.max():.1%} at most; their correlation is "
        f"{np.corrcoef(mean[big], published[big])[0, 1]:.2f}. Transport equipment: {mean[17]:.2f} beside "
        f"{published[17]:.2f}.",
    ]


REPORTED = """\
**Beside it, what was reported.** At signing the plan was sales of 420 bn yuan over 2020 to 2025 and 7.8 bn of tax;
sales came to some 311 bn. In April 2021 the head office in Hefei had more than 1,000 people, and 10,000 in research and
40,000 workers were to come. How many work for NIO in Anhui today, and what it pays there in tax, no source that was
found says, so that the figures above cannot be checked. They leave out taxes on income, what is spent on swap stations,
and losses: a car that is sold below cost sets off more than its price says."""


def main() -> None:
    """Write the page."""
    parts = [_bills(), _published(), _together(), [*_nio(), "", REPORTED]]
    head = "# Multipliers of real tables\n\n`python -m benchmarks.multipliers`. How: `docs/methods/multipliers.md`.\n\n"
    text = head + "\n\n".join("\n".join(lines) for lines in parts) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
