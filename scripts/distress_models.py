"""Train the models of distress that are shipped: ``python scripts/distress_models.py FOLDER``.

FOLDER holds the two files that the cards name. A model is trained on columns that any statement gives, without
pairs of columns (they find how a file was collected, which does not travel) and without size (it depends on currency).
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from guanzi.base.core import Message, Progress
from guanzi.intake.panel import Panel, read_panel
from guanzi.study import distress

LIBRARY = Path(__file__).resolve().parents[1] / "src" / "guanzi" / "library" / "models" / "distress"
FOLDS, REPEATS = 10, 2

#: The Polish ratios (numbers as in the description of the data) that a statement of items gives too.
POLISH = {
    "X1": "net_income_to_assets",
    "X2": "liabilities_to_assets",
    "X3": "working_capital_to_assets",
    "X4": "current_ratio",
    "X6": "retained_earnings_to_assets",
    "X7": "ebit_to_assets",
    "X23": "net_margin",
    "X36": "sales_to_assets",
    "X46": "quick_ratio",
    "X51": "current_liabilities_to_assets",
}
SIZE = ("log_total_assets", "log_market_value")


def polish(folder: Path) -> tuple[distress.FirmTable, Panel]:
    """The Polish panel under the names of our ratios."""
    panel = read_panel(folder / "polish_1year.parquet")
    numbers = {POLISH[k]: v for k, v in panel.numbers.items() if k in POLISH}
    renamed = replace(panel, numbers={**numbers, "bankrupt": panel.numbers["bankrupt"]})
    return distress.read_labelled(renamed, "bankrupt"), panel


def american(folder: Path) -> tuple[distress.FirmTable, Panel]:
    """The American panel without size."""
    panel = read_panel(folder / "us_bankruptcy_lastobs_2015_2017.parquet")
    table = distress.read_labelled(panel, "bankrupt")
    names = tuple(name for name in table.names if name not in SIZE)
    return replace(table, names=names, values=table.aligned(names)), panel


def make(seed: int) -> distress.DistressModel:
    """The estimator as it is shipped."""
    return distress.DistressModel(pairs=False, seed=seed)


def train(
    id: str, known_on: date, horizon: int, table: distress.FirmTable, panel: Panel, about: dict[str, object]
) -> None:
    """Measure by folds, fit on all rows, write model and card."""
    with Progress(Message.of("cli.progress.folds"), FOLDS * REPEATS) as progress:
        deals = distress.Deals(FOLDS, REPEATS)
        measured = distress.evaluate_folds(table, deals, threads=2, advance=progress.advance, make=make)
    model = make(1).fit(table.values, table.failed, table.groups)
    text = distress.model_text(model).encode()
    at = measured.at_training
    card = distress.Card(
        id=id,
        known_on=known_on,
        made_on=date(2026, 11, 25),
        horizon=horizon,
        columns=table.names,
        training_rate=model.training_rate_,
        data=distress.TrainingData.model_validate(
            {
                **{key: about[key] for key in ("title", "publisher", "licence", "choice", "label")},
                "published": known_on,
                "sha256": panel.sha256,
                "rows": table.rows,
                "failures": int(table.failed.sum()),
            }
        ),
        metrics=distress.Metrics(
            how=f"{REPEATS} times {FOLDS} stratified folds of the training data",
            roc_auc=round(measured.auc.value, 4),
            roc_auc_interval=(round(measured.auc.interval[0], 4), round(measured.auc.interval[1], 4)),
            average_precision=round(measured.precision.value, 4),
            brier_skill=round(at.brier_skill.value, 4),
            ece=round(at.ece.value, 4),
            calibration_p=round(at.p, 4),
        ),
        limits=about["limits"],  # type: ignore[arg-type]
        sha256=hashlib.sha256(text).hexdigest(),
    )
    folder = LIBRARY / id
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("model.json.xz").write_bytes(lzma.compress(text, preset=9))
    data = json.dumps(card.model_dump(mode="json"), indent=1, ensure_ascii=False)
    folder.joinpath("card.json").write_text(data + "\n", "utf-8")
    print(id, table.rows, card.metrics, f"{len(text)} bytes")


def main(folder: Path) -> None:
    """Train both."""
    train(
        "polish-2016",
        date(2016, 10, 1),
        5,
        *polish(folder),
        about={
            "title": "Polish companies bankruptcy data, first year of the forecasting period (UCI 365)",
            "publisher": "S. K. Tomczak; M. Zięba et al., Expert Systems with Applications 58",
            "licence": "CC BY 4.0; the data are not shipped, the fitted model is, with this attribution",
            "choice": f"all rows; {len(POLISH)} of the 64 ratios, those that a statement of items gives: "
            + ", ".join(POLISH),
            "label": "bankrupt",
            "limits": ("polish-firms", "collected", "statements-only", "rarely-missing"),
        },
    )
    train(
        "us-2022",
        date(2022, 8, 31),
        1,
        *american(folder),
        about={
            "title": "American companies bankruptcy prediction data, last observation of each firm, 2015 to 2017",
            "publisher": "G. Lombardo et al., Machine Learning for Bankruptcy Prediction in the American Stock Market, "
            "Future Internet 14(8), 2022",
            "licence": "CC BY 4.0; the data are not shipped, the fitted model is, with this attribution",
            "choice": "all rows; ratios of 18 items, size left out",
            "label": "chapter-7-or-11",
            "limits": ("american-listed", "collected", "market-value", "few-failures"),
        },
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
