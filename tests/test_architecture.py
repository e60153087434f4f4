"""The architecture is as drawn: layers, public faces, readable files, complete wheels."""

import ast
import re
import subprocess
import sys
import zipfile
from dataclasses import fields
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest
from tests.scripts import script
from tests.sources import SRC, called, imported, modules, nodes, trees

from guanzi.deal.terms import KINDS, TermSheet
from guanzi.record.evidence import ACCOUNTS, CASH, FLOWS, names_of
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME

REPO = Path(__file__).resolve().parents[1]
SINGLE = frozenset({"cli", "console", "notebook", "office", "render"})
"""Layers that are one package."""
GROUPS = sorted(p for p in SRC.iterdir() if p.is_dir() and p.name not in {"library", "__pycache__"})
PACKAGES = sorted(
    room.relative_to(SRC).as_posix()
    for group in GROUPS
    for room in ([group] if group.name in SINGLE else [p for p in group.iterdir() if p.is_dir() and p.name[0] != "_"])
)
MODULES = modules()

# Written in pieces, so that this file does not name them either.
FORBIDDEN = (
    "../" + "shared",
    "/work/" + "main",
    "/work/" + "shared",
    "." + "library/",
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
)


def tracked():
    """Files that are, or are about to be, part of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [REPO / line for line in listed.splitlines() if (REPO / line).is_file()]


def package_of(path: Path) -> str:
    parts = path.relative_to(SRC).parts
    return next((package for package in ("/".join(parts[:1]), "/".join(parts[:2])) if package in PACKAGES), "")


def test_tests_lie_in_the_packages_of_what_they_test():
    folders = {path.parent.relative_to(REPO / "tests") for path in (REPO / "tests").rglob("test_*.py")}
    apart = {"docs", "golden", "library", "truth"}
    lost = [
        folder for folder in folders if folder.parts and folder.parts[0] not in apart and not (SRC / folder).is_dir()
    ]
    assert lost == []


def test_packages_import_only_from_layers_below():
    linter = Path(sys.executable).with_name("lint-imports")  # within this process it would silence every logger
    done = subprocess.run([linter, "--no-cache"], cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_one_public_face(package):
    face = import_module(f"guanzi.{package.replace('/', '.')}")
    assert face.__doc__, f"guanzi.{package} does not say what it is for"
    assert face.__all__, f"guanzi.{package} has no __all__"
    missing = [name for name in face.__all__ if not hasattr(face, name)]
    assert not missing


def test_the_reference_lists_every_package():
    assert sorted(package.replace(".", "/") for package in script("docs_hooks").PACKAGES) == PACKAGES


def test_faults_are_planted_in_modules_that_are_there_and_sought_by_tests_that_are_there():
    entries = [entry for group in script("mutants").GROUPS.values() for entry in group]
    assert [pattern for pattern, _ in entries if not list(SRC.glob(pattern))] == []
    assert [path for _, tests in entries for path in tests if not (REPO / path).exists()] == []


def test_the_map_names_every_package():
    told = (REPO / "docs" / "architecture.md").read_text("utf-8")
    assert [package for package in PACKAGES if f"{package.split('/')[-1]}/" not in told] == []


def test_every_folder_of_code_is_a_package():
    bare = {m.parent for m in MODULES if not (m.parent / "__init__.py").exists()}
    assert not bare


def is_job(module: Path) -> bool:
    """Whether a module is of a job: jobs know one another by module, which contracts of imports bound."""
    return module.is_relative_to(SRC / "jobs")


def test_other_packages_are_used_through_their_public_face():
    inner = []
    for module, line, name in imported():
        parts = name.split(".")[1:] if name.startswith("guanzi.") else []
        if parts[:1] == ["jobs"] and (is_job(module) or parts[2:] == ["commands"]):
            continue
        package = next((r for r in PACKAGES if "/".join(parts).startswith(r + "/")), None)
        if package is not None and package != package_of(module):
            inner.append(f"{module.relative_to(REPO)}:{line} {name}")
    assert not inner


ONE_DOOR = {"yaml": "base/reading/yaml.py", "openpyxl": "base/reading/workbook.py"}
"""Grammars of files, and where alone each is read."""


def test_yaml_and_workbooks_come_in_by_one_door():
    readers = {
        (name.split(".")[0], module.relative_to(SRC).as_posix())
        for module, _, name in imported()
        if name.split(".")[0] in ONE_DOOR
    }
    assert readers == set(ONE_DOOR.items())


INNER = {
    "_cache": ("base/core/compiled.py", "Numba lets no function be given a cache of its own"),
    "_cache_path": ("base/core/compiled.py", "nor asks a cache where it is"),
    "_source_stamp": ("base/core/compiled.py", "nor what it was made of"),
    "_tr": ("render/word.py", "python-docx names no element of a row in public"),
    "_tbl": ("render/word.py", "nor of a table"),
    "_r": ("render/word.py", "nor of a run"),
    "_inline": ("render/word.py", "nor of a picture"),
    "_default_manager": ("office/models/numbers.py", "documented by Django, whatever its underscore"),
}
"""Private attributes of what is of others, where alone each is reached, and why."""
OWN = {("_figures", "advice/appraisal/book.py"), ("_figures", "advice/appraisal/section.py")}
"""A book of figures and that of a section of it: one class and its heir."""
DOCUMENTED = {"_replace", "_asdict", "_fields", "_make", "_meta", "_exit"}
"""What named tuples, models of Django and ``os`` document."""


def test_no_file_reaches_into_private_parts():
    reached = {
        (node.attr, module.relative_to(SRC).as_posix())
        for module, node in nodes(ast.Attribute)
        if node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in DOCUMENTED
        and ast.unparse(node.value) not in ("self", "cls", "super()")
    }
    assert reached == {(name, file) for name, (file, _) in INNER.items()} | OWN


def test_wide_kernels_say_the_shapes_of_what_they_take():
    unsaid = []
    for module, node in nodes(ast.FunctionDef):
        if is_kernel(node) and parameters(node) > 7:
            heads = [ast.get_docstring(tree) or "" for path, tree in trees().items() if path.parent == module.parent]
            assert "Shapes, for " in (ast.get_docstring(trees()[module]) or "")
            told = " ".join([*heads, ast.get_docstring(node) or ""])
            names = [a.arg for a in node.args.args]
            unsaid += [f"{module.stem}.{node.name}: {n}" for n in names if not re.search(rf"\b{n}\b", told)]
    assert unsaid == []


def test_compiled_code_that_is_kept_counts_only_while_all_it_was_made_of_is_as_it_was():
    kernels = {module: node for module, node in nodes(ast.FunctionDef) if is_kernel(node)}
    untold = []
    for module in kernels:
        text = module.read_text("utf-8")
        told = re.findall(r"(?s)^MADE_OF = .*?\n\S", text, re.MULTILINE)
        for other in (other for other in kernels if f"from {module_of(other)} import" in text):
            everywhere = text.count("@compiled(") == text.count("@compiled(MADE_OF")
            if not (everywhere and any(f'"{other.stem}' in part for part in told)):
                untold.append(f"{module.name} is made of {other.name}")
    assert untold == []


LENGTHS = {365.25, 365.2425, 30.4375, 30.44, 91.3125, 91.31, 91.3}
"""Days of a year, a month and a quarter on average, as they would be written out."""


def test_the_length_of_a_year_stands_in_one_place():
    told = {
        module.relative_to(SRC).as_posix()
        for module, node in nodes(ast.Constant)
        if type(node.value) is float and node.value in LENGTHS
    }
    assert told == {"base/core/periods.py"}


LONG = 80
"""Characters of the body of a function from which on a second one like it is a copy."""


def body_of(function: ast.FunctionDef) -> str:
    """What a function does, without its name and its docstring."""
    told = ast.get_docstring(function, clean=False) is not None
    return "\n".join(ast.unparse(statement) for statement in function.body[told:])


def test_no_function_stands_twice():
    places: dict[str, list[str]] = {}
    for module, function in nodes(ast.FunctionDef):
        if len(body := body_of(function)) >= LONG:
            places.setdefault(body, []).append(f"{module.relative_to(SRC)}:{function.lineno} {function.name}")
    assert [twice for twice in places.values() if len(twice) > 1] == []


def module_of(path: Path) -> str:
    parts = path.relative_to(SRC.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(modules: frozenset[str]) -> dict[str, set[str]]:
    """Modules of Guanzi that each file imports: at its head, within a function, or for types alone."""
    found: dict[str, set[str]] = {name: set() for name in modules}
    for path, module in nodes(ast.Import):
        found[module_of(path)].update(alias.name for alias in module.names)
    for path, part in nodes(ast.ImportFrom):
        if part.module:
            inner = {f"{part.module}.{alias.name}" for alias in part.names} & modules
            found[module_of(path)].update(inner or {part.module})
    return {name: (taken & modules) - {name} for name, taken in found.items()}


def test_no_files_import_each_other_in_a_circle():
    graph = imports(frozenset(map(module_of, MODULES)))
    assert graph["guanzi.engine.machine.kept"] >= {"guanzi.engine.machine.lanes", "guanzi.engine.machine.assembler"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' <- '.join(error.args[1])}")


def test_a_file_can_be_read_at_one_go():
    assert not [m.relative_to(SRC).as_posix() for m in MODULES if len(m.read_text("utf-8").splitlines()) > 450]


def parameters(function: ast.FunctionDef | ast.Lambda) -> int:
    given = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in given if name not in ("self", "cls")])


def is_command(function: ast.FunctionDef) -> bool:
    """Parameters of a command are its options."""
    return any(".command(" in ast.unparse(decorator) for decorator in function.decorator_list)


def is_kernel(function: ast.FunctionDef) -> bool:
    """Whether a function is compiled."""
    return any(ast.unparse(decorator).startswith("compiled(") for decorator in function.decorator_list)


WIDE_KERNELS = frozenset(
    {
        "study/chains/coverage/exchanges.py:_put_in",
        "study/chains/coverage/exchanges.py:_take_out",
        "study/chains/coverage/exchanges.py:exchange_cover",
        "study/chains/coverage/kernels.py:add_sites",
        "study/chains/coverage/kernels.py:cover_bound",
        "study/chains/coverage/kernels.py:swap_sites",
        "study/chains/disruption/kernels.py:spread",
        "study/chains/disruption/kernels.py:sweep",
        "study/screening/alignment.py:_initials",
        "study/screening/alignment.py:_join",
        "study/screening/alignment.py:_weigh",
        "study/screening/alignment.py:agreement",
        "study/screening/alignment.py:align",
        "study/screening/alignment.py:align_many",
        "study/screening/bounds.py:_bound",
        "study/screening/bounds.py:_parts",
        "study/screening/bounds.py:best_by_bound",
        "study/screening/bounds.py:bound_all",
        "study/screening/bounds.py:mark",
        "study/screening/vocabulary.py:_mark_joined",
        "study/screening/vocabulary.py:_measure",
        "study/screening/vocabulary.py:_plausible",
    }
)
"""Compiled functions that take their arrays one by one: none joins them. Named tuples of arrays give the same bits, but
cost the matcher of names 6 to 8 percent a pair and a search 10 percent, since each call takes and gives back the
counts of references of all members."""


def test_a_function_takes_at_most_seven_parameters():
    many = {
        f"{module.relative_to(SRC).as_posix()}:{node.name}": is_kernel(node)
        for module, node in nodes(ast.FunctionDef)
        if parameters(node) > 7 and not is_command(node)
    }
    nameless = [f"{m.name}:{node.lineno}" for m, node in nodes(ast.Lambda) if parameters(node) > 7]
    assert nameless == []
    assert {name for name, compiled in many.items() if not compiled} == set()
    assert {name for name, compiled in many.items() if compiled} == WIDE_KERNELS


TWICE = {
    "Request": "what a use case asks: one in each service, always read as <noun>.Request",
    "Result": "what a use case answers, read likewise",
    "Demand": "a key in the JSON Schemas of appraisals and of playbooks, which are published",
    "Source": "a key in the JSON Schema of playbooks, and the source of a fact",
    "Text": "a key in the JSON Schemas of appraisals and of compliance packs",
    "Document": "a document of a case, and a result as a document: both are what the field calls them",
    "Section": "a section of an appraisal that is computed, and one of a document that is read",
    "Table": "a table that is read from a file, and one of a document",
    "Row": "a row of the decision table, a key in a published schema, and one of a document's tables",
    "Column": "a column of figures in appraisals, a key in a published schema, and one of a document's tables",
    "Cell": "a cell that is read with its address, and one of a document's tables",
}
"""Names of classes that stand for two things, and why; none joins them."""


def test_a_public_class_shares_its_name_with_no_other():
    places: dict[str, list[str]] = {}
    for module, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module.relative_to(SRC).as_posix())
    shared = {name: files for name, files in places.items() if len(files) > 1}
    assert set(shared) == set(TWICE), shared


BY_KIND = {
    "advice/appraisal/amended.py": ("Guarantee", "whether a larger part of the loss is answered for"),
    "advice/appraisal/comparison.py": ("ConvertibleNote Equity", "whether figures on shares have a meaning"),
    "advice/appraisal/dealfacts.py": ("Call Equity Grant", "rights, what the company puts in, which money is a grant"),
    "advice/appraisal/fiscal.py": ("ConvertibleNote Guarantee Loan", "until when the debt behind a guarantee stands"),
    "advice/appraisal/mechanism.py": ("Equity", "share capital: stakes, and who pays for them"),
    "advice/appraisal/proposal.py": ("Equity Put", "a smaller stake"),
    "advice/appraisal/simulated.py": ("Call", "figures of rights"),
    "advice/calibration/model.py": ("Equity", "the share that founders keep"),
    "advice/appraisal/commitments.py": ("Grant", "which part of a tax is let off"),
    "advice/following/debts.py": ("ConvertibleNote Loan", "what is owed on a debt with its interest"),
    "advice/structuring/binding.py": ("ConvertibleNote Equity Grant Loan", "rewrites clauses"),
    "advice/structuring/changes.py": ("Equity", "the round, of all investors"),
    "advice/structuring/fixes.py": ("ConvertibleNote Equity Grant Loan Put", "rewrites clauses"),
    "advice/structuring/restructure.py": ("Equity Put", "rewrites clauses"),
    "advice/structuring/stopping.py": ("Equity", "rewrites clauses"),
    "advice/structuring/story.py": ("Call Put", "tells when a right was used"),
    "advice/structuring/without_shares.py": (
        "ConvertibleNote Equity Put Ratchet Warrant",
        "rewrites clauses",
    ),
    "deal/compliance/conditions_in_sheet.py": ("Put", "who holds a put, and against whom"),
    "deal/compliance/money_in_sheet.py": ("Land", "price and discount of land by the metre"),
    "deal/compliance/quantities.py": ("Call RevenueShare Warrant", "whether there are such rights"),
    "deal/lint/rules/incentives.py": ("Grant Recapture", "how much a clawback takes back, and how likely"),
    "deal/lint/rules/rights.py": ("Call ConvertibleNote Equity Guarantee Loan", "terms of rights and of debts"),
    "deal/lint/rules/sides.py": ("Equity Loan", "what each side brings, and what is pledged"),
    "study/monitoring/calendar.py": ("Loan", "the day on which a loan ends"),
    "study/monitoring/milestones.py": ("Equity", "instalments, of all who pay them"),
}
"""Where instruments are asked for by their kind, outside the layers that read and lower them, and why.

No sum of money is among the reasons: sums are folds over `TermSheet.flows`, in which every kind is. This list only
shrinks."""
ASKING = ("of", "changed", "without")
KIND_NAMES = frozenset(kind.data.__name__ for kind in KINDS)


def test_money_is_read_from_flows_and_kinds_are_asked_for_only_where_a_reason_is_given():
    found: dict[str, set[str]] = {}
    for module, node in nodes(ast.Call):
        place = module.relative_to(SRC).as_posix()
        named = {arg.id for arg in node.args if isinstance(arg, ast.Name)} & KIND_NAMES
        if (
            getattr(node.func, "attr", "") in ASKING
            and not place.startswith(("deal/terms/", "deal/program/"))
            and named
        ):
            found.setdefault(place, set()).update(named)
    assert {place: " ".join(sorted(kinds)) for place, kinds in found.items()} == {
        place: kinds for place, (kinds, _) in BY_KIND.items()
    }


def test_a_sheet_has_no_field_for_a_kind_of_instrument():
    assert [f.name for f in fields(TermSheet) if set(re.findall(r"\w+", str(f.type))) & KIND_NAMES] == []


NODES = frozenset(
    {
        "Number",
        "Observable",
        "Relation",
        "Logic",
        "Negation",
        "Arithmetic",
        "Total",
        "Consecutive",
        "Held",
        "EventHappened",
        "TierInForce",
        "MonthsSince",
        "DateTest",
    }
)
"""Nodes of a condition; the test below asks that they are all of them."""


def named_by(pattern: ast.pattern) -> set[str]:
    """Classes that a case names at its head."""
    if isinstance(pattern, ast.MatchOr):
        return {name for part in pattern.patterns for name in named_by(part)}
    return {ast.unparse(pattern.cls)} if isinstance(pattern, ast.MatchClass) else set()


FOLDED_BY_HAND = {
    "deal/terms/folding.py": "the one visitor, by truths and by numbers",
    "deal/terms/typing.py": "what a node yields, and its parts",
}
"""Where a match tells more than three nodes of a condition apart; elsewhere the visitor does."""


def test_conditions_are_folded_by_the_one_visitor():
    conditions = import_module("guanzi.deal.terms.conditions")
    assert {kind.__name__ for kind in conditions.Expression.__value__.__args__} == NODES
    by_hand = {
        module.relative_to(SRC).as_posix()
        for module, node in nodes(ast.Match)
        if len(NODES & {n for case in node.cases for n in named_by(case.pattern)}) > 3
    }
    assert by_hand == set(FOLDED_BY_HAND)


def makes_json(call: ast.Call) -> bool:
    """Whether a call of the command line writes data as JSON that did not come from a use case."""
    name = called(call)
    if name == "show_json":
        return not (isinstance(call.args[0], ast.Call) and isinstance(call.args[0].func, ast.Attribute))
    return name in {"json.dump", "json.dumps", "dump_json"}


def test_the_command_line_makes_no_data_for_json():
    made = {
        module.stem
        for folder in (SRC / "cli", SRC / "console", SRC / "jobs")
        for module, call in nodes(ast.Call, folder)
        if makes_json(call) and (folder.name != "jobs" or is_of_commands(module))
    }
    assert made == {"show"}


def is_of_commands(module: Path) -> bool:
    """Whether a module declares commands or prints what they answer."""
    return module.parent.name == "commands" or module == SRC / "jobs" / "shared" / "show.py"


def test_services_and_documents_print_nothing_and_know_no_options():
    spoken = [
        f"{module.name}:{call.lineno}"
        for module, call in nodes(ast.Call, SRC / "jobs")
        if called(call) == "print" and not is_of_commands(module)
    ]
    spoken += [
        f"{module.name}: {name}"
        for module, _, name in imported(SRC / "jobs")
        if name.split(".")[0] in ("typer", "rich", "click") and not is_of_commands(module)
    ]
    assert not spoken


def test_documents_ask_no_service():
    asked = [
        f"{module.relative_to(SRC)}: {name}"
        for module, _, name in imported(SRC / "jobs")
        if module.parent.name == "documents" and name.startswith("guanzi.jobs.") and ".documents" not in name
    ]
    assert not asked


def test_the_library_holds_data_and_no_code():
    assert not list((SRC / "library").rglob("*.py"))


def test_no_file_names_a_place_that_only_one_machine_has():
    named = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path.relative_to(REPO)}: {word}" for word in FORBIDDEN if word in text]
    assert not named


def test_a_wheel_carries_all_the_data(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=REPO, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith("guanzi/")}
    source = {f"guanzi/{p.relative_to(SRC)}" for p in tracked() if p.is_relative_to(SRC)}
    assert packed == source


NEWEST = {
    name for flow in ACCOUNTS if flow in CASH or flow.endswith("_margin") or flow in FLOWS for name in names_of(flow)
}
"""Names of facts whose newest known figure is chosen in one place."""
BY_HAND = {
    "study/diligence/checks/plan_kept.py": "plans",
    "study/diligence/checks/unvalidated.py": "deliveries that are told for a day",
}
"""Files that pick a figure of a kind of period by hand, and of what."""


def test_the_newest_figure_of_accounts_is_chosen_in_one_place():
    """``latest(view, "net_loss", kind="year")`` passes by nine months of this year: :mod:`...evidence.accounts`."""
    one = SRC / "record" / "evidence" / "accounts"
    found = set()
    for path, call in nodes(ast.Call):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else called(call)
        if name not in {"latest", "at", "series", "resolve"} or path.is_relative_to(one) or _not_of_views(path):
            continue
        words = [n.value for a in (*call.args, *(k.value for k in call.keywords)) for n in ast.walk(a)
                 if isinstance(n, ast.Constant) and isinstance(n.value, str)]  # fmt: skip
        kinds = {"year", "half", "quarter"} & set(words)
        if NEWEST & set(words) or (kinds and not set(words) - kinds):
            found.add(path.relative_to(SRC).as_posix())
    assert found == set(BY_HAND)


READERS = {"_last", "annual", "at", "cash_flows", "flag", "latest", "newest", "over", "series", "there", "words"}
"""Functions that read facts of a view by the name that they are given."""


def test_every_fact_that_code_reads_by_name_is_a_word_of_the_vocabulary():
    """A name that stands nowhere else is told to be one that no check looks for, while this reads it."""
    read, strange = 0, set()
    for path, call in nodes(ast.Call):
        match call.args:
            case [ast.Name("view"), ast.Constant(str(name)), *_] if called(call) in READERS:
                read += 1
                if name not in UNITS_BY_NAME:
                    strange.add(f"{path.relative_to(SRC)}: {name}")
    assert read > 100
    assert not strange


def _not_of_views(path):
    return path.relative_to(SRC).parts[0] in {"deal", "engine"}
