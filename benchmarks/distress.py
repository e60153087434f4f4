"""What the estimator of distress is worth: ``python benchmarks/distress.py FOLDER > benchmarks/results/distress.txt``.

FOLDER holds ``polish_1year.parquet``, ``us_bankruptcy_lastobs_2015_2017.parquet`` and ``ev_financials.csv``. The last
part scores makers of electric cars, year by year, with the shipped model whose data could be held on 30 April after the
year; what became of the makers is read only after all scores are made, and no model was fitted or chosen on it.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guanzi.intake.panel import parse_where, read_panel
from guanzi.study import distress

type Floats = NDArray[np.float64]

THREADS = 2
#: Share of failures stated from outside for the American test year, and known to be that of its rows: disclosed.
BASE_RATE = 0.057

#: A rate at which scores of both models can be set side by side; it moves all alike and ranks none.
YEARLY_RATE = 0.02

#: What became of the makers: day of the petition, from the companies' own announcements and court dockets.
FAILED = {
    "Lordstown": date(2023, 6, 27),
    "Fisker": date(2024, 6, 17),
    "Canoo": date(2025, 1, 17),
    "Nikola": date(2025, 2, 19),
}


def lighter(seed: int) -> distress.DistressModel:
    """The estimator without pairs of columns."""
    return distress.DistressModel(pairs=False, seed=seed)


def main(folder: Path) -> None:
    """Print all tables."""
    polish(folder / "polish_1year.parquet")
    american(folder / "us_bankruptcy_lastobs_2015_2017.parquet")
    makers(folder / "ev_financials.csv")


def polish(path: Path) -> None:
    """By folds, and how much rests on traces of collection."""
    table = distress.read_labelled(read_panel(path), "bankrupt")
    print(f"Polish firms, {table.rows} rows, {int(table.failed.sum())} failed; 10 stratified folds, copies together\n")
    column = dict(zip(table.names, table.values.T, strict=True))
    line("Altman Z'' (X3, X6, X7, X8)", plain(table, -altman(*(column[f"X{i}"] for i in (3, 6, 7, 8)))))
    line("Zmijewski (X1, X2, X4)", plain(table, zmijewski(*(column[f"X{i}"] for i in (1, 2, 4)))))
    line("ours, 2 repeats", distress.evaluate_folds(table, distress.Deals(10, 2), threads=THREADS))
    line("ours without pairs", distress.evaluate_folds(table, threads=THREADS, make=lighter))
    traces = sorted({name for leak in distress.audit(table) for name in leak.columns}, key=lambda n: int(n[1:]))
    kept = tuple(name for name in table.names if name not in traces)
    clean = replace(table, names=kept, values=table.aligned(kept))
    print(f"  columns that the audit names: {', '.join(traces)}")
    line(
        "ours without pairs, without these",
        distress.evaluate_folds(clean, distress.Deals(), threads=THREADS, make=lighter),
    )
    shuffled = replace(table, failed=np.random.default_rng(1).permutation(table.failed))
    line(
        "ours without pairs, labels shuffled",
        distress.evaluate_folds(shuffled, distress.Deals(), threads=THREADS, make=lighter),
    )
    print()


def american(path: Path) -> None:
    """Learnt from the years to 2016, judged on 2017."""
    panel = read_panel(path)
    learnt = distress.read_labelled(parse_where("year <= 2016").rows(panel), "bankrupt")
    judged = distress.read_labelled(parse_where("year == 2017").rows(panel), "bankrupt")
    print(
        f"American firms, learnt from {learnt.rows} rows to 2016 ({int(learnt.failed.sum())} failed), "
        f"judged on {judged.rows} of 2017 ({int(judged.failed.sum())} failed)\n"
    )
    column = dict(zip(judged.names, judged.values.T, strict=True))
    ratio = [column[f"{name}_to_assets"] for name in ("working_capital", "retained_earnings", "ebit")]
    z = altman(*ratio, 1 / column["liabilities_to_assets"] - 1)
    x = (column[name] for name in ("net_income_to_assets", "liabilities_to_assets", "current_ratio"))
    line("Altman Z''", plain(judged, -z))
    line("Zmijewski", plain(judged, zmijewski(*x)))
    for seed in (1, 2, 3):
        result = distress.evaluate_apart(learnt, judged, BASE_RATE, seed, THREADS)
        line(f"ours, seed {seed}, at the training rate", result)
        line(f"ours, seed {seed}, at {BASE_RATE:.1%} (disclosed)", result, result.at_stated)
    for before, after in (("year == 2015", 2016), ("year == 2015", 2017), ("year == 2016", 2017)):
        train = distress.read_labelled(parse_where(before).rows(panel), "bankrupt")
        test = distress.read_labelled(parse_where(f"year == {after}").rows(panel), "bankrupt")
        name = f"ours, learnt from {before[-4:]}, on {after}"
        line(name, distress.evaluate_apart(train, test, threads=THREADS))
    print()


def line(name: str, result: distress.FailureEvaluation | float, part: distress.Calibration | None = None) -> None:
    """One row of a table."""
    if isinstance(result, float):
        print(f"  {name:36} AUC {result:.4f}")
        return
    at, (low, high) = part or result.at_training, result.auc.interval
    print(
        f"  {name:36} AUC {result.auc.value:.4f} ({low:.3f}-{high:.3f})  AP {result.precision.value:.3f}  "
        f"Brier {at.brier.value:.4f}  skill {at.brier_skill.value:+.3f}  ECE {at.ece.value:.4f}  "
        f"p {at.p:.3f}  mean {at.mean:.3%}",
        flush=True,
    )


def plain(table: distress.FirmTable, score: Floats) -> float:
    """Area of a score that learns nothing; a missing score counts as the median."""
    from sklearn.metrics import roc_auc_score

    filled = np.where(np.isfinite(score), score, np.nanmedian(score[np.isfinite(score)]))
    return float(roc_auc_score(table.failed, filled))


def altman(working_capital: Floats, retained: Floats, ebit: Floats, equity_to_liabilities: Floats) -> Floats:
    """Altman's Z'' of 1995; the lower, the worse."""
    return 6.56 * working_capital + 3.26 * retained + 6.72 * ebit + 1.05 * equity_to_liabilities


def zmijewski(net_income: Floats, liabilities: Floats, current_ratio: Floats) -> Floats:
    """Zmijewski's index of 1984; above 0 the firm is put with those that fail."""
    return -4.336 - 4.513 * net_income + 5.679 * liabilities + 0.004 * current_ratio


def ohlson(x: dict[str, Floats]) -> Floats:
    """Ohlson's O of 1980 without its size term (it needs a price index) and without change of income and funds."""
    over = (x["liabilities_to_assets"] > 1).astype(float)
    return (
        -1.32
        + 6.03 * x["liabilities_to_assets"]
        - 1.43 * x["working_capital_to_assets"]
        + 0.0757 / x["current_ratio"]
        - 1.72 * over
        - 2.37 * x["net_income_to_assets"]
    )


def makers(path: Path) -> None:
    """Makers of electric cars, year by year."""
    keys, statements = statements_of(path)
    ratios = distress.statement_ratios(statements, size=False)
    z = altman(
        ratios["working_capital_to_assets"],
        ratios["retained_earnings_to_assets"],
        ratios["ebit_to_assets"],
        1 / ratios["liabilities_to_assets"] - 1,
    )
    names = ("net_income_to_assets", "liabilities_to_assets", "current_ratio")
    scores: dict[str, Floats] = {
        "Altman Z''": -z,
        "Zmijewski": zmijewski(*(ratios[name] for name in names)),
        "Ohlson, 6 terms": ohlson(ratios),
    }
    ours = [scored(year, {name: values[i] for name, values in ratios.items()}) for i, (_, year) in enumerate(keys)]
    scores["ours"] = np.array([one[1] for one in ours])
    print("Makers of electric cars: what each score said of a year, and what happened (no outcome was used)")
    print(f"  ours: probability of failing within a year, at a base rate of {YEARLY_RATE:.0%} for all years\n")
    print(f"  {'maker':15}{'year':5}{'Z-dd':>9}{'Zmijewski':>11}{'ours':>8}  {'interval':15}{'model':13}happened")
    order = sorted(range(len(keys)), key=lambda i: keys[i])
    for i in order:
        maker, year = keys[i]
        model, p, (low, high) = ours[i]
        interval = f"{low:.1%}-{high:.1%}"
        classical = f"{number(z[i]):>9}{number(scores['Zmijewski'][i]):>11}"
        end = f"failed {FAILED[maker]}" if maker in FAILED else ""
        print(f"  {maker:15}{year:5}{classical}{p:8.1%}  {interval:15}{model:13}{end}".rstrip())
    print("\n  Do the scores rank the firm-years of makers that failed within so many years of the closing day higher?")
    for years in (1, 2, 3, 5):
        failed = np.array([within(maker, year, years) for maker, year in keys])
        print(f"  within {years}: {int(failed.sum())} of {len(keys)} firm-years; " + said(scores, failed))


def said(scores: dict[str, Floats], failed: NDArray[np.bool_]) -> str:
    """The areas of the scores over the rows that all of them could judge, and of ours over all rows."""
    from sklearn.metrics import roc_auc_score

    if len(set(failed)) < 2:
        return "no comparison"
    text = f"AUC of ours on all {roc_auc_score(failed, scores['ours']):.2f}"
    held = np.isfinite(np.column_stack(list(scores.values()))).all(axis=1)
    if len(set(failed[held])) < 2:
        return text
    areas = [f"{name} {roc_auc_score(failed[held], score[held]):.2f}" for name, score in scores.items()]
    return f"{text}; on the {int(held.sum())} ({int(failed[held].sum())} failed) that all can judge " + ", ".join(areas)


def within(maker: str, year: int, years: int) -> bool:
    """Whether a maker failed within some years of a closing day."""
    return maker in FAILED and FAILED[maker] <= date(year + years, 12, 31)


def scored(year: int, row: dict[str, float]) -> tuple[str, float, tuple[float, float]]:
    """Model, probability of failing within a year and interval, as they could be said on 30 April after the year."""
    held = [name for name, value in row.items() if np.isfinite(value)]
    card = distress.model_known_on(date(year + 1, 4, 30), held) or distress.model_known_on(date(year + 1, 4, 30))
    if card is None:
        return "none", float("nan"), (float("nan"), float("nan"))
    model, card = distress.load_model(card.id)
    values = np.array([[row.get(name, np.nan) for name in card.columns]])
    (one,) = distress.score(model, card, values, YEARLY_RATE, horizon=1)
    return card.id, one.probability, one.interval


def statements_of(path: Path) -> tuple[list[tuple[str, int]], dict[str, Floats]]:
    """Statements by maker and year; of several figures the first without a caution. No figure is corrected."""
    table: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: "CAUTION" in row["note"])
    for row in rows:
        if row["company"] != "Tesla":  # no model's data were known then
            table[row["company"], int(row["fiscal_year"])].setdefault(row["metric"], float(row["value"]))
    keys = [key for key, items in table.items() if "total_assets" in items]

    def column(make: Callable[[dict[str, float]], float]) -> Floats:
        return np.array([make(table[key]) for key in keys])

    nan = float("nan")
    return keys, {
        "total_assets": column(lambda t: t["total_assets"]),
        "total_liabilities": column(
            lambda t: t.get("total_liabilities", t["total_assets"] - t.get("shareholders_equity", nan))
        ),
        "current_assets": column(lambda t: t.get("current_assets", nan)),
        "current_liabilities": column(lambda t: t.get("current_liabilities", nan)),
        "net_income": column(lambda t: t.get("net_income", nan)),
        "net_sales": column(lambda t: t.get("revenue", nan)),
        "gross_profit": column(lambda t: t.get("gross_profit", nan)),
        "retained_earnings": column(lambda t: t.get("retained_earnings", nan)),
        "ebit": column(operating),
    }


def operating(items: dict[str, float]) -> float:
    """Operating income as stated, or gross profit less research and selling costs, or the net result."""
    if "operating_income" in items:
        return items["operating_income"]
    if {"gross_profit", "r_and_d", "sga"} <= items.keys():
        return items["gross_profit"] - items["r_and_d"] - items["sga"]
    return items.get("net_income", float("nan"))


def number(value: float) -> str:
    """A score with two decimals, or nothing."""
    return f"{value:.2f}" if np.isfinite(value) else "-"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
