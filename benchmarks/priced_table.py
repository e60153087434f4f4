"""The hash of the table that prices what is not known, as it was fixed before any case was read with it.

python -m benchmarks.priced_table REASON        # writes benchmarks/priced-table.json

Written before cases are read, and again only for a reason, which stands in the file beside the hash that it replaces.
What decides is hashed: rows without their words, the parameters of pricing, and the code that prices.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from guanzi.base.core import sha256_of
from guanzi.record.playbooks import load_playbook

HERE = Path(__file__).resolve().parent
FROZEN = HERE / "priced-table.json"
PLAYBOOK = "hefei-priced"
CODE = (
    "advice/odds/answers.py",
    "advice/odds/learning.py",
    "advice/odds/pricing.py",
    "advice/appraisal/priced.py",
    "record/playbooks/table.py",
)
DECIDES = ("id", "stage", "test", "if_fail", "no_evidence", "condition", "applies")


def now() -> dict[str, Any]:
    """The hashes of table and code as they stand: rows in the order of their ids, files by their bytes."""
    book = load_playbook(PLAYBOOK)
    rows = [{key: value for key, value in row.model_dump(mode="json").items() if key in DECIDES} for row in book.table]
    assert book.pricing is not None
    numbers = {
        "account": book.pricing.account,
        "loss_to_gain": book.pricing.loss_to_gain.value,
        "waiting_months": book.pricing.waiting.value,
        "hurdle_rate": book.hurdle_rate.value,
    }
    source = HERE.parent / "src" / "guanzi"
    files = {name: sha256((source / name).read_bytes()).hexdigest() for name in CODE}
    table = sha256_of(sorted(rows, key=lambda row: str(row["id"])))
    return {"table": table, "pricing": numbers, "files": files, "sha256": sha256_of([table, numbers, files])}


def frozen() -> dict[str, Any]:
    """The hashes as they were fixed, and under ``replaced`` each earlier hash with the reason for the new one."""
    found: dict[str, Any] = json.loads(FROZEN.read_text("utf-8"))
    return found


def main(reason: str) -> None:
    """Fix table and code as they stand, and say why the hash before is replaced."""
    before = frozen()
    replaced = [*before.get("replaced", []), {"sha256": before["sha256"], "reason": reason}]
    text = json.dumps(now() | {"replaced": replaced}, indent=1)
    FROZEN.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
