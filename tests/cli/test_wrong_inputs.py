"""Wrong inputs, one by one: refused with place, cause and fix, in both languages, and nothing is left behind."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from tests.cli.small_case import FACTS, FILES, HEADER, SHEET, Change, position, write_case
from typer.testing import CliRunner

from guanzi.base.core import Message, render
from guanzi.cli import app

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”|「[^」]*」")
LANGUAGES = ("en", "zh")
T2 = "      - {id: t2, amount: {riverton: 400}, due: 2024-12-31, if: \"tier('plant')\", expires: 2025-12-31}\n"


@dataclass(frozen=True)
class Wrong:
    """One fault of a case folder.

    Attributes:
        changes: What is changed in the sound case.
        at: File and passage at whose beginning the fault is reported.
        says: Words of cause and fix in English.
    """

    id: str
    changes: tuple[Change, ...]
    at: tuple[str, str]
    says: tuple[str, ...]


def wrong(id: str, file: str, old: str, new: str, at: str, *says: str, also: tuple[Change, ...] = ()) -> Wrong:
    return Wrong(id, (Change(file, old, new), *also), (file, at), says)


FAULTS = [
    wrong("unknown name in a condition", SHEET, "not listed", "not lisd", "lisd", "observable quantity", "listed"),
    wrong("undeclared event", SHEET, "event('closing')", "event('closng')", "'closng'", "no event or", "closing"),
    wrong("unbalanced condition", SHEET, "months_since('t1') > 60", "(months_since('t1') > 60", "(mon", "clos"),
    wrong("expires before it is due", SHEET, "2025-12-31", "2024-06-30", "2024-06-30", "lapses", "after the due date"),
    wrong("after the horizon", SHEET, "horizon: 10", "horizon: 1", "2025-12-30", "year", "horizon",
          also=(Change(SHEET, "2024-12-31", "2025-12-30"),)),
    wrong("sheet in another currency", SHEET, "currency: CNY", "currency: EUR", "EUR", "cannot be added", "convert"),
    wrong("currency in an amount", SHEET, "riverton: 600", "riverton: 600 USD", "600 USD", "not a number", "digits"),
    wrong("no such currency", SHEET, "currency: CNY", "currency: CNX", "CNX", "CNX", "CNY"),
    wrong("circular tiers", SHEET, "when: hq_local", "when: tier('plant') ", "tier('plant') ", "in a circle", "only",
          also=(Change(SHEET, "capacity_local >= 100_000", "tier('office')"),)),
    wrong("negative amount", SHEET, "riverton: 400", "riverton: -400", "-400", "negative", "zero or more"),
    wrong("share above the whole", SHEET, "share: 18%", "share: 118%", "118%", "outside 0 to 100 %", "between"),
    wrong("holders above the stake", SHEET, "{riverton: 18%}", "{riverton: 60%}", "{riverton: 60%}", "60 %", "add up"),
    wrong("unknown holder", SHEET, "holders: {riverton", "holders: {rivertown", "rivertown", "not hold", "riverton"),
    wrong("unknown obligor", SHEET, "obligors: [company]", "obligors: [compny]", "compny", "compny", "company"),
    wrong("put on a missing stake", SHEET, "on: stake", "on: steak", "steak", "not an equity", "stake"),
    wrong("type misspelt", SHEET, "type: equity", "type: equty", "equty", "cannot be", "did you mean equity"),
    wrong("unknown key", SHEET, "basis: simple", "bassis: simple", "bassis", "not a key", "basis"),
    wrong("id used twice", SHEET, "id: t2", "id: t1", "t1, amount: {riverton: 400}", "twice", "another id"),
    wrong("no day of the calendar", SHEET, "2024-12-31", "2024-02-30", "2024-02-30", "not a calendar", "the calendar"),
    wrong("key written twice", SHEET, "step:", "horizon: 9 years\nstep:", "horizon: 9", "second time", "remove one"),
    wrong("reversed bracket", SHEET, "probability: 95%", "probability: {unknown: {low: 90%, high: 80%}}", "{low", "low",
          "low"),
    wrong("clause of an unknown source", SHEET, "source: report", "source: reprot", "reprot", "not defined", "report"),
    wrong("unit missing", FACTS, ", unit: ratio", "", "{id: margin-2023", "“unit” is missing", "such as vehicles"),
    wrong("fact without source", FACTS, "vehicles, known_on: 2024-03-01, source: report",
          "vehicles, known_on: 2024-03-01", "{id: sales-2023", "“source” is missing", "not used"),
    wrong("undefined source", FACTS, "vehicles, known_on: 2024-03-01, source: report",
          "vehicles, known_on: 2024-03-01, source: gossip", "gossip", "not defined", "publisher"),
    wrong("fact id used twice", FACTS, "id: margin-2023", "id: sales-2023", "sales-2023, name: gross_margin",
          "already used", "another id"),
    wrong("percent as a unit", FACTS, "value: 0.05, unit: ratio", "value: 5, unit: percent", "percent",
          "not a unit", "0.123"),
    wrong("percent as a ratio", FACTS, "value: 0.05", "value: 5%", "5%", "does not fit", "ratio"),
    wrong("unit of another kind", FACTS, "0.05, unit: ratio", "0.05, unit: people", "people", "stated", "ratio"),
    wrong("no such unit", FACTS, "unit: vehicles", "unit: vehicels", "vehicels", "cannot be", "vehicles"),
    wrong("known before its source", FACTS, "date: 2024-03-01", "date: 2024-03-09",
          "2024-03-01, source: report}\n  - {id: m", "cannot be known", "held_because"),
    wrong("date of another kind", FACTS, "date: 2024-03-01", "date: 1.3.2024", "1.3.2024", "cannot be", "2020-04-29"),
    wrong("unreadable YAML", FACTS, "grade: B}", "grade: B", "{publisher", "not valid YAML", "indentation"),
    wrong("an alias", FACTS, "grade: B}", "grade: &b B}", "&b", "anchors and aliases", "write the value out"),
    wrong("no day of decision", HEADER, "decision_date: 2024-04-29\n", "", "format", "decision_date", "add"),
    wrong("currency in words", HEADER, "currency: CNY", "currency: yuan", "yuan", "cannot be", "three capital letters"),
]  # fmt: skip


def garbled(folder: Path) -> str:
    (folder / FACTS).write_bytes(FILES[FACTS].replace("Annual report", "年度报告").encode("gb18030"))
    return f"{FACTS}:2:46"


def not_a_file(folder: Path) -> str:
    (folder / FACTS).unlink()
    (folder / FACTS).mkdir()
    return FACTS


def link_to_nothing(folder: Path) -> str:
    (folder / FACTS).unlink()
    (folder / FACTS).symlink_to("nowhere.yaml")
    return FACTS


def link_that_leads_out(folder: Path) -> str:
    outside = folder.parent / "outside.yaml"
    outside.write_text(FILES[FACTS], "utf-8")
    (folder / FACTS).unlink()
    (folder / FACTS).symlink_to(outside)
    return FACTS


def empty_folder(folder: Path) -> str:
    shutil.rmtree(folder)
    folder.mkdir()
    return ""


def empty_header(folder: Path) -> str:
    (folder / HEADER).write_text("", "utf-8")
    return HEADER


def alias_bomb(folder: Path) -> str:
    lines = [f"k{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    (folder / FACTS).write_text("\n".join(["k0: &a0 [lol]", *lines]), "utf-8")
    return f"{FACTS}:1:5"


def ragged_table(folder: Path) -> str:
    rows = ["id,name,period,value,unit,known_on,source", "a,revenue,2023,1,000,CNY m,2024-03-01,report"]
    (folder / "facts" / "more.csv").write_text("\n".join(rows), "utf-8")
    return "facts/more.csv:2:1"


def control_character(folder: Path) -> str:
    (folder / FACTS).write_text(FILES[FACTS] + "\0", "utf-8")
    return f"{FACTS}:6:1"


def bottomless(folder: Path) -> str:
    (folder / FACTS).write_text("[" * 5000, "utf-8")
    return f"{FACTS}:1:"


FILES_SPOILT: list[Callable[[Path], str]] = [
    garbled, not_a_file, link_to_nothing, link_that_leads_out, empty_folder, empty_header, alias_bomb, ragged_table,
    control_character, bottomless,
]  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words: str):
        return CliRunner().invoke(app, list(words), prog_name="guanzi")

    return call


def left(folder: Path) -> dict[str, bytes]:
    """Everything that lies below a folder, with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def spoken(said: str, lang: str) -> None:
    """Every sentence is in the language that was asked for: cause and fix, not only the word before them."""
    assert "Traceback" not in said
    colon = "：" if lang == "zh" else ": "
    heads = [render(Message.of(f"core.problem.{severity}"), lang) + colon for severity in ("error", "warning")]
    heads.append(render(Message.of("core.problem.mend", mend=""), lang))
    sentences = [
        line.partition(head)[2]
        for line in said.splitlines()
        for head in heads
        if head in line and not re.match(r"\s*\d* \|", line)
    ]
    assert sentences
    assert all(sentences)
    if lang == "zh":
        assert [sentence for sentence in sentences if not CHINESE.search(QUOTED.sub("", sentence))] == []


def refused(run, folder: Path, words: list[str], lang: str, code: int, stream: str) -> str:
    """What a command says when it refuses; it ends with this code, and writes and changes nothing."""
    before = left(folder)
    done = run(*words, "--lang", lang)
    assert done.exit_code == code, done.output
    assert isinstance(done.exception, SystemExit)
    assert left(folder) == before
    said: dict[str, str] = {"out": done.stdout, "err": done.stderr}
    assert said["err" if stream == "out" else "out"] == ""
    spoken(said[stream], lang)
    return said[stream]


def test_the_sound_case_is_taken(run, tmp_path):
    write_case(tmp_path / "mine")
    assert run("case", "check", "mine").exit_code == 0
    assert run("appraise", "mine", "--paths", "8", "--out", "there").exit_code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_is_refused_at_its_place(run, tmp_path, fault, lang):
    files = write_case(tmp_path / "mine", fault.changes)
    file, mark = fault.at
    line, column = position(files[file], mark)
    where = f"mine/{file}:{line}:{column}: "
    checked = refused(run, tmp_path, ["case", "check", "mine"], lang, 1, "out")
    assert where in checked
    told = refused(run, tmp_path, ["appraise", "mine", "--paths", "8"], lang, 2, "err")
    assert where in told
    if lang == "en":
        assert all(words in told for words in fault.says), told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spoil", FILES_SPOILT, ids=lambda spoil: spoil.__name__)
def test_a_file_that_cannot_be_read_is_refused(run, tmp_path, spoil, lang):
    write_case(tmp_path / "mine")
    where = str(Path("mine") / spoil(tmp_path / "mine"))
    assert where in refused(run, tmp_path, ["case", "check", "mine"], lang, 1, "out")
    assert where in refused(run, tmp_path, ["appraise", "mine", "--paths", "8"], lang, 2, "err")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_faults_of_all_files_are_told_at_once_in_the_order_of_their_places(run, tmp_path, lang):
    chosen = {
        *(
            "expires before it is due",
            "negative amount",
            "circular tiers",
            "unknown obligor",
            "unknown name in a condition",
        ),
        *("unit missing", "fact without source", "share above the whole"),
    }
    faults = [fault for fault in FAULTS if fault.id in chosen]
    files = write_case(tmp_path / "mine", [change for fault in faults for change in fault.changes])
    facts = [fault for fault in faults if fault.at[0] == FACTS]
    told = refused(run, tmp_path, ["case", "check", "mine"], lang, 1, "out")
    places = [(file, *position(files[file], mark)) for file, mark in (fault.at for fault in facts)]
    assert len(places) == 2
    assert all(f"mine/{file}:{line}:{column}: " in told for file, line, column in places)
    sheet = [position(files[SHEET], fault.at[1]) for fault in faults if fault.at[0] == SHEET]
    where = [told.find(f"mine/{SHEET}:{line}:{column}: ") for line, column in sorted(sheet)]
    assert len(where) == 6
    assert -1 not in where
    assert where == sorted(where)


# -- workbooks ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def form(tmp_path_factory) -> bytes:
    """The workbook that a finance officer begins with."""
    path: Path = tmp_path_factory.mktemp("form") / "ours.xlsx"
    assert CliRunner().invoke(app, ["case", "new", str(path), "--xlsx"]).exit_code == 0
    return path.read_bytes()


CELLS = [
    ("Facts!D2", "=1+1", "formula", "paste it as a value"),
    ("Facts!D3", "#DIV/0!", "error", "leave the cell empty"),
    ("Facts!G2", "percent", "not", "ratio"),
    ("Facts!G3", None, "“unit” is missing", "such as vehicles"),
    ("Facts!I2", "2026-02-30", "not a calendar date", "the calendar"),
    ("Facts!K3", None, "“source” is missing", "not used"),
    ("Sources!D2", "last spring", "not a date", "2020-04-29"),
    ("Instalments!F2", "a lot", "not a number", "unknown if the value was not seen"),
    ("Stakes!E2", 1.18, "100 %", "between"),
    ("Holders!D3", "provence", "provence", "province"),
    ("Terms!E2", "USD", "cannot be added", "convert"),
    ("Rights!N2", "not lisd", "is not an observable quantity", "listed"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("cell", "value", "cause", "fix"), CELLS, ids=[cell for cell, *_ in CELLS])
def test_a_wrong_cell_is_refused_by_sheet_and_cell(run, tmp_path, form, cell, value, cause, fix, lang):
    (tmp_path / "ours.xlsx").write_bytes(form)
    book = openpyxl.load_workbook(tmp_path / "ours.xlsx")
    sheet, name = cell.split("!")
    book[sheet][{"D3": "C3"}.get(name, name) if sheet == "Holders" else name] = value
    book.save(tmp_path / "ours.xlsx")
    told = refused(run, tmp_path, ["case", "import", "ours.xlsx"], lang, 2, "err")
    assert f"ours.xlsx:{cell}" in told
    if lang == "en":
        assert cause in told
        assert fix in told


def a_wrong_book(path: Path) -> None:
    openpyxl.Workbook().save(path)


def a_text_file(path: Path) -> None:
    path.write_text("id,name\n1,2\n", "utf-8")


def half_a_book(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def without_a_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book["Sources"]
    book.save(path)


def without_a_column(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Facts"].delete_cols(7)
    book.save(path)


def absent(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "spoil",
    [a_wrong_book, a_text_file, half_a_book, without_a_sheet, without_a_column, absent],
    ids=lambda s: s.__name__,
)
def test_a_wrong_workbook_is_refused(run, tmp_path, form, spoil, lang):
    (tmp_path / "ours.xlsx").write_bytes(form)
    spoil(tmp_path / "ours.xlsx")
    told = refused(run, tmp_path, ["case", "import", "ours.xlsx"], lang, 2, "err")
    assert "ours.xlsx" in told


# -- names and options -------------------------------------------------------------------------------------------

OPTIONS = [
    (["appraise", "mien", "--paths", "8"], "no case named “mien”", "cases in the library"),
    (["appraise", "mine", "--playbook", "hefie"], "no playbook hefie", "hefei"),
    (["appraise", "mine", "--playbook", HEADER], "no playbook", "hefei"),
    (["appraise", "mine", "--playbook", f"mine/{HEADER}"], "is missing here", "add but_for"),
    (["appraise", "mine", "--as-of", "29.4.2024"], "--as-of: error: “29.4.2024” is not a calendar date", "2020-04-29"),
    (["appraise", "mine", "--as-of", "2023-12-31"], "no fact of this case was known", "2024-03-01 or later"),
    (["simulate", "mine", "--as-of", "2023-12-31"], "no fact of this case was known", "2024-03-01 or later"),
    (["explain", "mine", "--as-of", "2023-12-31"], "31 December 2023", "--as-of"),
    (["appraise", "mine", "--paths", "8", "--out", f"mine/{HEADER}"], "Cannot write", "--out"),
    (["why", "mine", "fund.npw", "--paths", "8"], "no figure “fund.npw”", "fund.npv"),
    (["explain", f"mine/{HEADER}"], f"mine/{HEADER}:1:1", "add deal"),
    (["appraise", "mine", "--paths", "0"], "--paths: error: this value is not valid", "guanzi appraise --help"),
    (["appraise", "mine", "--seed", "one"], "--seed: error: this value is not valid", "guanzi appraise --help"),
    (["appraise"], "Missing argument", "guanzi appraise --help"),
    (["appraise", "mine", "--path", "8"], "No such option: --path", "guanzi appraise --help"),
    (["appraize", "mine"], "No such command 'appraize'", "guanzi --help"),
    (["case", "chek", "mine"], "No such command 'chek'", "guanzi case --help"),
    (["case", "new", "Two Words"], "cannot be used as an id", "two-words"),
    (["case", "new", "mine", "--from", "nio-hefei-2020"], "already exists", "another name"),
    (["case", "export", "mine", "--xlsx", "--out", "b.xls"], "b.xls", ".xlsx"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("words", "cause", "fix"), OPTIONS, ids=[" ".join(words) for words, *_ in OPTIONS])
def test_a_wrong_name_or_option_is_refused(run, tmp_path, words, cause, fix, lang):
    write_case(tmp_path / "mine")
    told = refused(run, tmp_path, words, lang, 2, "err")
    if lang == "en":
        assert cause in told
        assert fix in told


def test_a_model_that_the_playbook_is_not_meant_for_is_refused(run, tmp_path):
    write_case(tmp_path / "mine", [Change(HEADER, "scale-up-manufacturer", "biotech")])
    assert "scale-up-manufacturer" in refused(run, tmp_path, ["appraise", "mine"], "en", 2, "err")


def test_a_case_without_facts_is_no_case_of_little_evidence(run, tmp_path):
    write_case(tmp_path / "mine", [Change(SHEET, "source: report\n", "")])
    (tmp_path / "mine" / FACTS).unlink()
    assert "no facts" in refused(run, tmp_path, ["appraise", "mine"], "en", 2, "err")


def test_an_unknown_language_is_refused_in_english(run, tmp_path):
    assert "en or zh" in refused(run, tmp_path, ["cases"], "xx", 2, "err")
