"""The command line: exit codes, JSON, one screen, nothing half-written."""

import json
import os
import subprocess
import sys
from importlib.metadata import version

import pytest
from jsonschema import Draft202012Validator
from typer.main import get_command
from typer.testing import CliRunner

from guanzi.advice.appraisal import appraise, json_schema
from guanzi.cli import app
from guanzi.console.usage import language_last
from guanzi.jobs.appraisal.commands.first_screen import summary_screen
from guanzi.record.evidence import find_case, load_case

CASE = "nio-hefei-2020"
FEW = ["--paths", "200"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        return CliRunner().invoke(app, list(words))

    return call


def test_help_loads_few_modules():
    code = "import sys\nfrom guanzi.cli import main\ntry: main()\nfinally: print(len(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, check=True, text=True)
    assert "appraise" in done.stdout
    assert int(done.stderr) < 500  # 443 of them take 0.2 s on a quiet machine


def test_the_version_is_that_of_the_package(run):
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"guanzi {version('guanzi')}\n")


def test_help_loads_neither_the_simulation_nor_the_reports():
    heavy = ("numpy", "numba", "pydantic", "jinja2")
    assert loaded("guanzi.cli", heavy) == "[]"


def test_a_command_loads_charts_and_compiled_code_only_for_what_needs_them():
    assert loaded("guanzi.jobs.appraisal.commands.simulate_screen", ("altair", "vl_convert", "jinja2", "numba")) == "[]"


def test_linear_algebra_runs_on_one_thread_so_that_digits_do_not_depend_on_processors():
    code = (
        "import guanzi, numpy, scipy.linalg; from threadpoolctl import threadpool_info;"
        "print({one['num_threads'] for one in threadpool_info() if one['user_api'] == 'blas'})"
    )
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run([sys.executable, "-c", code], env=free, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "{1}"


def loaded(module, libraries):
    """Which modules of these libraries a module brings with it."""
    code = f"import sys; import {module}; print([m for m in sys.modules if m.split('.')[0] in {libraries}])"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


def test_cases_are_listed(run):
    done = run("cases")
    assert done.exit_code == 0
    assert CASE in done.stdout
    assert [c["id"] for c in json.loads(run("cases", "--json").stdout)].count(CASE) == 1


def test_the_shipped_case_has_no_errors(run):
    assert run("case", "check", CASE).exit_code == 0


def test_a_new_case_can_be_checked_and_is_never_overwritten(run, tmp_path):
    assert run("case", "new", "mine", "--from", CASE).exit_code == 0
    assert run("case", "check", "mine").exit_code == 0
    before = (tmp_path / "mine" / "case.yaml").read_text("utf-8")
    assert "case: mine" in before
    again = run("case", "new", "mine", "--from", CASE)
    assert again.exit_code == 2
    assert (tmp_path / "mine" / "case.yaml").read_text("utf-8") == before


def test_errors_of_facts_sheets_and_outcome_are_all_reported_with_exit_code_1(run, tmp_path):
    run("case", "new", "mine", "--from", CASE)
    sheet = tmp_path / "mine" / "terms" / "2020-04-29-definitive.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("year_total(units)", "year_total(unitz)"), "utf-8")
    done = run("case", "check", "mine")
    assert done.exit_code == 1
    assert "2020-04-29-definitive.yaml:" in done.stdout
    assert "units" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["appraise", "nio-hefei-2021"],
        ["appraise", CASE, "--playbook", "nowhere", *FEW],
        ["appraise", CASE, "--as-of", "29.4.2020"],
        ["appraise", CASE, "--paths", "0"],
        ["why", CASE, "fund.nothing", *FEW],
        ["explain", CASE, "--as-of", "2019-01-01"],
        ["simulate", CASE, "--as-of", "2019-01-01"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_without_a_traceback(run, words, tmp_path):
    done = run(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def appraised(tmp_path_factory):
    """A folder in which a case was appraised, and what was said."""
    folder = tmp_path_factory.mktemp("appraised")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        return folder, CliRunner().invoke(app, ["appraise", CASE, "--seed", "7", *FEW])


def test_an_appraisal_is_written_and_said_on_one_screen(appraised):
    folder, done = appraised
    assert done.exit_code == 0
    folder = folder / "guanzi-out" / CASE / "2020-04-29"
    assert sorted(file.name for file in folder.iterdir()) == ["appraisal.json", "dossier.html", "manifest.json"]
    assert "dossier.html" in done.stdout


def test_json_is_alone_on_standard_output_and_follows_the_schema(run, tmp_path):
    done = run("appraise", CASE, "--json", "--out", "there", *FEW)
    assert done.exit_code == 0
    Draft202012Validator(json_schema()).validate(json.loads(done.stdout))
    assert (tmp_path / "there" / "appraisal.json").read_text("utf-8") == done.stdout


def test_results_that_cannot_be_written_are_refused(run, tmp_path):
    (tmp_path / "taken").write_text("a file", "utf-8")
    done = run("appraise", "qoros-changshu-2017", "--out", "taken")  # too little is known of it to simulate
    assert done.exit_code == 2
    assert (tmp_path / "taken").read_text("utf-8") == "a file"


@pytest.mark.parametrize("as_of", [None, "2020-02-25", "2019-06-30"])
def test_the_summary_fits_one_screen(as_of, tmp_path):
    from datetime import date

    case = load_case(find_case(CASE))
    found = appraise(case, date.fromisoformat(as_of) if as_of else None, paths=50)
    for width in (80, 100):
        lines = summary_screen(found, tmp_path / "d.html", "en", width).splitlines()
        assert len(lines) <= 24
        assert all(len(line) <= width for line in lines[:-1])


def test_simulate_prints_figures_or_json(run):
    assert "fund.npv" in run("simulate", CASE, *FEW).stdout
    data = json.loads(run("simulate", CASE, "--json", *FEW).stdout)
    assert data["paths"] == 200
    assert data["scalars"]["fund.paid"]["n"] == 200


def test_simulate_is_the_same_for_any_number_of_threads(run):
    words = ["simulate", CASE, "--json", "--paths", "9000"]
    one, two = (json.loads(run(*words, "--threads", n).stdout) for n in ("1", "2"))
    for cost in ("cpu_seconds", "path_steps_per_cpu_second"):
        assert one.pop(cost) > 0
        assert two.pop(cost) > 0
    assert one == two


def test_the_story_of_one_path_names_clauses(run):
    told = run("simulate", CASE, "--trace", "0").stdout
    assert "stake.i1" in told
    assert json.loads(run("simulate", CASE, "--trace", "0", "--json").stdout)[0]["what"]


def test_explain_says_the_case_and_a_file_alike(run):
    """A file alone does not say what the company makes: it delivers units."""
    from_case = run("explain", CASE)
    assert from_case.exit_code == 0
    file = find_case(CASE) / "terms" / "2020-04-29-definitive.yaml"
    assert run("explain", str(file)).stdout.split() == from_case.stdout.replace("vehicles", "units").split()
    assert run("explain", CASE, "--as-of", "2020-02-25").stdout != from_case.stdout


def test_why_reads_the_appraisal_that_lies_there_unless_asked_for_another(run, appraised, monkeypatch):
    monkeypatch.chdir(appraised[0])
    assert "seed 7" in run("why", CASE, "fund.npv").stdout
    assert "seed 1" in run("why", CASE, "fund.npv", "--seed", "1", *FEW).stdout
    tree = json.loads(run("why", CASE, "known.deliveries", "--json").stdout)
    assert tree["parents"][0]["kind"] == "fact"


def test_the_demonstration_ends_with_an_address_and_three_commands(run):
    done = run("demo", "--paths", "200")
    assert done.exit_code == 0
    *_, opened, _, first, second, third = done.stdout.splitlines()
    assert "file://" in opened
    verbs = (" appraise ", " why ", " explain ")
    assert all(verb in line for verb, line in zip(verbs, (first, second, third), strict=True))


def test_a_folder_that_is_named_like_a_shipped_case_is_neither_made_nor_passed_over(run, tmp_path):
    assert run("case", "new", CASE).exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert run("case", "new", "mine", "--from", CASE).exit_code == 0
    (tmp_path / "mine").rename(tmp_path / CASE)
    done = run("explain", CASE)
    assert done.exit_code == 2
    assert f"./{CASE}" in done.stderr
    assert run("explain", f"./{CASE}").exit_code == 0


def test_a_day_before_the_first_term_sheet_is_refused_with_the_first_day(run):
    done = run("simulate", CASE, "--as-of", "2020-01-15", "--paths", "8")
    assert done.exit_code == 2
    assert f"{CASE}/terms: error" in done.stderr
    assert "25 February 2020 or a later day" in done.stderr


def test_one_error_is_not_said_as_several(run, tmp_path):
    assert run("case", "new", "mine").exit_code == 0
    header = tmp_path / "mine" / "case.yaml"
    header.write_text(header.read_text("utf-8").replace("currency: CNY", "currency: yuan"), "utf-8")
    assert run("case", "check", "mine").stdout.endswith("mine: 1 error.\n")


def test_the_language_can_stand_before_every_verb():
    def leaves(command, path=()):
        for name, one in (getattr(command, "commands", None) or {}).items():
            yield from leaves(one, (*path, name))
        if not getattr(command, "commands", None):
            yield path, command

    commands = dict(leaves(get_command(app)))
    assert len(commands) > 90
    for path, command in commands.items():
        if any("--lang" in option.opts for option in command.params):
            for n in range(len(path)):
                assert language_last([*path[:n], "--lang", "zh", *path[n:]])[-2:] == ["--lang", "zh"]
    assert {path[0] for path, c in commands.items() if not any("--lang" in o.opts for o in c.params)} <= WITHOUT


WITHOUT = {"office"}
"""Commands whose words are those of their caller's language: they print what a machine reads, or serve."""
