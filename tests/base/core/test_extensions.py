"""The extension of the documentation, built and installed: it brings a check, its sentences and a playbook."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.commands import Commands

from guanzi.advice.appraisal import appraise
from guanzi.record.evidence import find_case, load_case

TEMPLATE = Path(__file__).resolve().parents[3] / "docs" / "extension"
CASE = "nio-hefei-2020"
FACTS = """
sources:
  stock: {{publisher: NIO Inc., title: Answer to a question of the team, date: 2020-04-28, grade: B}}
facts:
  - {{id: stock, name: inventory_cover_months, period: 2020-04-28, value: {months}, unit: months, source: stock,
     known_on: 2020-04-28}}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds the extension as an installer would have put it there, and beside it one of a single file."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=TEMPLATE, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(folder)
    wheel.unlink()
    install_file(folder, "idle", ONE_FILE)
    (folder / "locale").mkdir()  # what lies beside a module is not of it
    return folder


@pytest.fixture(scope="module")
def ask(installed, tmp_path_factory):
    """The command line, each command a fork of one process that sees the extension."""
    work = tmp_path_factory.mktemp("work")
    env = os.environ | {"PYTHONPATH": str(installed)}

    def call(*words: str) -> str:
        told = [str(work / "guanzi"), *words]
        return subprocess.run(told, cwd=work, env=env, check=True, capture_output=True, text=True).stdout

    with closing(Commands(work, env)):
        yield call


def appraised(ask, out: Path, *words: str, case: str = CASE) -> dict[str, Any]:
    ask("appraise", case, "--paths", "128", "--out", str(out), *words)
    found: dict[str, Any] = json.loads((out / "appraisal.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def plain(ask, tmp_path_factory):
    """The shipped case appraised where the extensions are seen, and the folder in which that lies, in Chinese."""
    folder = tmp_path_factory.mktemp("plain")
    return appraised(ask, folder, "--lang", "zh"), folder


def stocked(folder: Path, months: float) -> str:
    """The case with a fact on its stock of parts."""
    shutil.copytree(find_case(CASE), folder)
    (folder / "facts" / "stock.yaml").write_text(FACTS.format(months=months), "utf-8")
    return str(folder)


def test_its_check_runs_beside_the_shipped_ones_and_moves_no_coverage(plain):
    found, _ = plain
    shipped = appraise(load_case(find_case(CASE)), None, paths=128)
    own = [finding for finding in found["findings"] if finding["check"] == "stock-cover"]
    assert [finding["kind"] for finding in own] == ["gap"]
    others = [f["id"] for f in found["findings"] if f["check"] not in ("stock-cover", "idle")]
    assert others == [f.id for f in shipped.findings]
    assert found["figures"]["evidence.coverage"]["value"] == shipped.figures["evidence.coverage"].value
    assert found["versions"]["method_sha256"] != shipped.versions.method_sha256


def test_its_sentences_stand_on_the_chinese_page_and_those_of_one_file_beside_it(plain):
    page = (plain[1] / "dossier.html").read_text("utf-8")
    assert "零部件库存" in page
    assert "闲置库存" in page


@pytest.mark.parametrize(("months", "outcome"), [(1.0, "fail"), (3.0, "pass")])
def test_its_playbook_is_found_by_name_and_decides_by_the_finding_of_its_check(ask, tmp_path, months, outcome):
    case = stocked(tmp_path / "case", months)
    found = appraised(ask, tmp_path / "out", "--playbook", "hefei-stock", case=case)
    assert next(row for row in found["rows"] if row["id"] == "stock")["outcome"] == outcome
    assert re.search("The stock of parts lasts [<0-9]", (tmp_path / "out" / "dossier.html").read_text("utf-8"))
    demanded = [demand for demand in found["demands"] if "two months of parts" in str(demand)]
    assert bool(demanded) == (outcome == "fail")


GRANT = """
incentives:
  stock: {type: stock_grant, from: hefei, amount: 120, due: 2021-06-30}
"""


def test_its_instrument_is_read_said_added_up_and_simulated(ask, plain, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(find_case(CASE), folder)
    terms = max((folder / "terms").glob("*.yaml"))
    terms.write_text(terms.read_text("utf-8") + GRANT, "utf-8")
    after = appraised(ask, tmp_path / "after", case=str(folder))
    assert any("stock of parts" in str(clause) or clause["id"] == "incentive.stock" for clause in after["clauses"])
    paid, more = (found["figures"]["public.paid_mean"]["value"] for found in (plain[0], after))
    assert more == pytest.approx(paid + 120, rel=0.05)
    assert "for a stock of parts" in ask("explain", str(folder))


def test_its_company_model_is_calibrated_and_simulated(ask, tmp_path):
    case = Path(stocked(tmp_path / "case", 3.0))
    head = case / "case.yaml"
    head.write_text(head.read_text("utf-8").replace("model: scale-up-manufacturer", "model: stock-maker"), "utf-8")
    long = appraised(ask, tmp_path / "long", "--playbook", "hefei-stock", case=str(case))
    (gap,) = (parameter for parameter in long["parameters"] if parameter["id"] == "parameter.stock_gap")
    assert (gap["distribution"], gap["values"], gap["parents"]) == ("fixed", [0.0], ["stock"])
    assert "no sale is lost" in (tmp_path / "long" / "dossier.html").read_text("utf-8")


def test_its_importer_reads_a_form_of_its_own(ask, tmp_path):
    shutil.copytree(find_case(CASE), tmp_path / "case")
    (tmp_path / "list.csv").write_text("day,months\n2020-03-31,2.5\n", "utf-8")
    told = ("--known-on", "2020-04-20", "--publisher", "NIO Inc.", "--statement", "Stock of parts", "--json")
    asked = ("evidence", "import", str(tmp_path / "case"), str(tmp_path / "list.csv"), *told)
    done = ask(*asked, "--format", "stock-list")
    (fact,) = json.loads(done)["facts"]
    assert (fact["name"], fact["value"], fact["known_on"]) == ("inventory_cover_months", 2.5, "2020-04-20")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        ask(*asked, "--format", "stock")
    assert "stock-list" in refused.value.stderr


OFFICE = """
import sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1])); office.prepare()
from django.contrib.auth.hashers import make_password
from guanzi.office.actions import load_actions, perform
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
from guanzi.office.models import Organisation, Person, RoleHeld
from guanzi.office.people.credentials import try_password
from guanzi.office.people.origins import MACHINE
from guanzi.office.serving.notifying import look
with write_transaction() as log:
    city = Organisation.objects.create(slug='c', name='C')
    ada, ben = (Person.objects.create(username=name, name=name, organisation=city) for name in ('ada', 'ben'))
    RoleHeld.objects.create(person=ada, role='lead')
    enter_action(log, 'organisation.begin', 'machine', Subject('c'), LogRecord())
load_actions()
perform(ada, 'case.open', {'builtin': 'nio-hefei-2020'}, 'k')
perform(ada, 'notices.add_channel', {'kind': 'stock-file', 'address': 'ada at the bureau'}, 'l')
Path('directory').write_text("ada:" + make_password("a word of the directory"))
for word in ('a word of the directory', 'another word'):
    print(try_password('entering', 'ada', word, MACHINE))
look(None)
"""


def test_an_office_enters_by_its_directory_and_tells_by_its_notifier(installed, tmp_path):
    env = os.environ | {"PYTHONPATH": str(installed), "GUANZI_LOGIN": "stock-directory", "GUANZI_NOTIFY": "stock-file"}
    env |= {"GUANZI_DIRECTORY": "directory", "GUANZI_NOTICES": "notices", "GUANZI_ADDRESS": "https://office.example"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    asked = [sys.executable, "-c", OFFICE, str(tmp_path / "office")]
    done = subprocess.run(asked, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["ada", "None"]
    (line,) = (tmp_path / "notices").read_text("utf-8").splitlines()
    assert line.startswith("ada at the bureau\t")
    assert "https://office.example/" in line
    assert "nio" not in line.lower()


ONE_FILE = """
from guanzi.study.diligence import Check, Need
CHECKS = (
    Check(
        id="idle", stream="chain", needs=(Need("inventory_cover_months"),), literature="x", conclude=lambda *asked: ()
    ),
)
SENTENCES = {"en": {"diligence.check.idle": "Stock that lies idle"}, "zh": {"diligence.check.idle": "闲置库存"}}
"""


def install_file(folder: Path, name: str, text: str) -> None:
    """Put a module into a folder as an installed extension."""
    (folder / f"{name}.py").write_text(text, "utf-8")
    about = folder / f"{name}-0.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.3\nName: {name}\nVersion: 0.1\n", "utf-8")
    (about / "entry_points.txt").write_text(f"[guanzi.extensions]\n{name} = {name}\n", "utf-8")


CHECK_AGAIN = "from guanzi.study.diligence.checks.runway import RUNWAY as C\nCHECKS = (C,)"
BROKEN = [
    ("from guanzi.engine.company import MODELS\nlen(MODELS)", "what is installed is looked at while an extension is"),
    ("import no_such_module", "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
    (CHECK_AGAIN, "the extension “broken” adds “runway” under CHECKS, but this id already exists"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_an_extension_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, text, told):
    install_file(tmp_path, "broken", text)
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    asked = [sys.executable, "-m", "guanzi", "appraise", CASE, "--paths", "100", "--out", str(tmp_path / "out")]
    done = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert told in done.stderr
