"""The picture of the dossier in the README, and beside it what it is a picture of.

Run it from the root of the repository: ``.venv/bin/python scripts/picture.py``. It needs Chromium.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guanzi.advice.appraisal import Appraisal, appraise
from guanzi.base.core import Message, catalogue, sha256_of
from guanzi.jobs.appraisal.documents.dossier import appraisal_document, dossier_html
from guanzi.record.evidence import find_case, load_case
from guanzi.render import document_data

CASE = "nio-hefei-2020"
IMAGES = Path(__file__).parents[1] / "docs" / "images"
WINDOW = (1200, 1500)
FEW = 1_024
"""Paths of the appraisal by which it is told what the picture shows: no figure is among it."""


def shown(appraisal: Appraisal) -> dict[str, Any]:
    """What a dossier looks like: its parts in order, what the first of them says by message, and its styles."""
    document = appraisal_document(appraisal)
    style = re.search(r"<style>.*?</style>", dossier_html(appraisal), re.DOTALL)
    heads = [s.heading.id if isinstance(s.heading, Message) else str(s.heading) for s in document.sections]
    first = json.dumps(document_data(document)["sections"][0], sort_keys=True)
    ids = sorted(set(re.findall(r'"id": "([a-z_]+(?:\.[a-z0-9_-]+)+)"', first)))
    texts = [template for id in ids if (template := catalogue(id.partition(".")[0]).get(id)) is not None]
    return {
        "case": appraisal.case.id,
        "sections": heads,
        "first": ids,
        "texts_sha256": sha256_of("\n".join(texts)),
        "style_sha256": sha256_of(style[0] if style else ""),
    }


def main() -> None:
    """Write ``docs/images/dossier.png`` and ``docs/images/dossier.json``."""
    case = load_case(find_case(CASE))
    with TemporaryDirectory() as folder:
        page = Path(folder) / "dossier.html"
        page.write_text(dossier_html(appraise(case)), "utf-8")
        size = ",".join(map(str, WINDOW))
        options = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size}")
        picture = f"--screenshot={IMAGES / 'dossier.png'}"
        subprocess.run(["chromium", *options, picture, page.as_uri()], check=True, cwd=folder)
    told = json.dumps(shown(appraise(case, paths=FEW)), indent=2)
    (IMAGES / "dossier.json").write_text(told + "\n", "utf-8")


if __name__ == "__main__":
    main()
