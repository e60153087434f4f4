"""The extension of the documentation, built and installed: it brings a check, its sentences and a playbook."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from guanzi.advice.appraisal import appraise
from guanzi.record.evidence import find_case, load_case

TEMPLATE = Path(__file__).resolve().parents[3] / "docs" / "extension"
CASE = "nio-hefei-2020"
FACTS = """
sources:
  stock: {{publisher: NIO Inc., title: Answer to a question of the team, date: 2020-04-28, grade: B}}
facts:
  - {{id: stock, name: stock_months, period: 2020-04-28, value: {months}, unit: months, source: stock,
     known_on: 2020-04-28}}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds the extension as an installer would have put it there."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=TEMPLATE, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(folder)
    wheel.unlink()
    return folder


@pytest.fixture(scope="module")
def ask(installed, tmp_path_factory):
    """The command line in a process that sees the extension."""
    work = tmp_path_factory.mktemp("work")

    def call(*words: str) -> str:
        env = os.environ | {"PYTHONPATH": str(installed)}
        told = [sys.executable, "-m", "guanzi", *words]
        return subprocess.run(told, cwd=work, env=env, check=True, capture_output=True, text=True).stdout

    return call


def appraised(ask, out: Path, *words: str, case: str = CASE) -> dict[str, Any]:
    ask("appraise", case, "--paths", "200", "--out", str(out), *words)
    found: dict[str, Any] = json.loads((out / "appraisal.json").read_text("utf-8"))
    return found


def stocked(folder: Path, months: float) -> str:
    """The case with a fact on its stock of parts."""
    shutil.copytree(find_case(CASE), folder)
    (folder / "facts" / "stock.yaml").write_text(FACTS.format(months=months), "utf-8")
    return str(folder)


def test_its_check_runs_beside_the_shipped_ones_and_moves_no_coverage(ask, tmp_path):
    found = appraised(ask, tmp_path)
    shipped = appraise(load_case(find_case(CASE)), None, paths=200)
    own = [finding for finding in found["findings"] if finding["check"] == "stock-cover"]
    assert [finding["kind"] for finding in own] == ["gap"]
    assert [f["id"] for f in found["findings"] if f["check"] != "stock-cover"] == [f.id for f in shipped.findings]
    assert found["figures"]["evidence.coverage"]["value"] == shipped.figures["evidence.coverage"].value
    assert found["versions"]["method_sha256"] != shipped.versions.method_sha256


@pytest.mark.parametrize(("lang", "words"), [("en", "Stock of parts"), ("zh", "零部件库存")])
def test_its_sentences_stand_on_the_page_in_both_languages(ask, tmp_path, lang, words):
    appraised(ask, tmp_path, "--lang", lang)
    assert words in (tmp_path / "dossier.html").read_text("utf-8")


@pytest.mark.parametrize(("months", "outcome"), [(1.0, "fail"), (3.0, "pass")])
def test_its_playbook_is_found_by_name_and_decides_by_the_finding_of_its_check(ask, tmp_path, months, outcome):
    case = stocked(tmp_path / "case", months)
    found = appraised(ask, tmp_path / "out", "--playbook", "hefei-stock", case=case)
    assert next(row for row in found["rows"] if row["id"] == "stock")["outcome"] == outcome
    demanded = [demand for demand in found["demands"] if "two months of parts" in str(demand)]
    assert bool(demanded) == (outcome == "fail")


GRANT = """
incentives:
  stock: {type: stock_grant, from: hefei, amount: 120, due: 2021-06-30}
"""


def test_its_instrument_is_read_said_added_up_and_simulated(ask, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(find_case(CASE), folder)
    terms = max((folder / "terms").glob("*.yaml"))
    before = appraised(ask, tmp_path / "before", case=CASE)
    terms.write_text(terms.read_text("utf-8") + GRANT, "utf-8")
    after = appraised(ask, tmp_path / "after", case=str(folder))
    assert any("stock of parts" in str(clause) or clause["id"] == "incentive.stock" for clause in after["clauses"])
    paid, more = (found["figures"]["public.paid_mean"]["value"] for found in (before, after))
    assert more == pytest.approx(paid + 120, rel=0.05)
    assert "for a stock of parts" in ask("explain", str(folder))


BROKEN = [
    ("import no_such_module", "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
    ("from guanzi.study.diligence.checks.runway import RUNWAY as C\nCHECKS = (C,)", "the extension “broken” brings “runway” under CHECKS, which is there already"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_an_extension_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, text, told):
    (tmp_path / "broken.py").write_text(text, "utf-8")
    about = tmp_path / "broken-0.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.3\nName: broken\nVersion: 0.1\n", "utf-8")
    (about / "entry_points.txt").write_text("[guanzi.extensions]\nbroken = broken\n", "utf-8")
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    asked = [sys.executable, "-m", "guanzi", "appraise", CASE, "--paths", "100", "--out", str(tmp_path / "out")]
    done = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert told in done.stderr
