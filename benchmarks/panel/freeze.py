"""Freezes the method before outcomes are opened: hashes of everything by which forecasts are made and scored.

``python benchmarks/panel/freeze.py COMMIT DAY FORECASTS.npz EARLIER.npz`` writes ``METHOD.sha256.json``. With
``--second`` it writes ``METHOD-2.sha256.json``: of the method as it became after that, by somebody who had not seen
outcomes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from guanzi.advice.appraisal import ensemble, failing
from guanzi.advice.calibration.model import rules_sha256
from guanzi.base.core import sha256_of
from guanzi.record.evidence import builtin_precedents, priors_sha256
from guanzi.study.forecasting import LEAST_ESS, PRIOR

HERE = Path(__file__).parent
FILE = HERE / "METHOD.sha256.json"
SECOND = HERE / "METHOD-2.sha256.json"
SOURCE = HERE.parents[1] / "src" / "guanzi"
SCORING = ("companies.py", "foresee.py", "evaluate.py")
GIVEN = ("companies.csv", "companies_wide.csv", "inputs.csv", "inputs_wide.csv", "PROTOCOL.md")
DIGITS = 6


def of_files(files: list[Path]) -> str:
    """One hash of several files, in their order."""
    return sha256_of({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files})


def method() -> dict[str, str]:
    """Name of a part of the method to its hash."""
    folders = {"forecasting": SOURCE / "forecasting", "company_models": SOURCE / "simulation" / "models"}
    parts = {name: of_files(sorted(folder.glob("*.py"))) for name, folder in folders.items()}
    constants = {
        "failure_weights": dict(failing.WEIGHTS), "few": failing.FEW,
        "weights": {k: dict(v) for k, v in ensemble.WEIGHTS.items()},
        "quarter_walk": ensemble.QUARTER_WALK, "inflation": ensemble.INFLATION, "fade": ensemble.FADE,
        "long_volatility": ensemble.LONG_VOLATILITY, "least_ess": LEAST_ESS, "prior": PRIOR,
    }  # fmt: skip
    return {
        "calibration_rules": rules_sha256(),
        "priors": priors_sha256(),
        "precedents": sha256_of([p.model_dump(mode="json") for p in builtin_precedents()]),
        "constants": sha256_of(constants),
        "members": of_files([SOURCE / "appraisal" / f for f in ("failing.py", "ensemble.py", "coherent.py")]),
        "calibration": of_files(sorted((SOURCE / "appraisal" / "calibration").glob("*.py"))),
        **parts,
        "scoring": of_files([HERE / f for f in SCORING]),
        "given": of_files([HERE / f for f in GIVEN]),
    }


def of_forecasts(file: Path) -> str:
    """Hash of all forecasts, at six decimals."""
    with np.load(file) as arrays:
        return sha256_of({name: np.round(arrays[name], DIGITS).tolist() for name in sorted(arrays.files)})


def differences(file: Path = FILE) -> list[str]:
    """What is not as it was frozen."""
    frozen = json.loads(file.read_text("utf-8"))["method"]
    return [f"{name} is not as it was frozen" for name, value in method().items() if frozen.get(name) != value]


def main(arguments: list[str]) -> int:
    """Write the file."""
    target = SECOND if "--second" in arguments else FILE
    commit, day, *files = (a for a in arguments if a != "--second")
    forecasts = {Path(f).stem: of_forecasts(Path(f)) for f in files}
    content = {"commit": commit, "frozen_on": day, "method": method(), "forecasts": forecasts}
    target.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
