"""What the documentation tells a reader to type works, in the order in which it is told.

A fenced block that follows the line ``<!-- run -->`` is executed: ``console`` blocks as commands, ``diff`` blocks as
edits to the file that they name. All blocks of one page run in one folder, as they would at a reader's desk.
"""

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.commands import Commands
from tests.sampling import taken

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.backtest import hindsight
from guanzi.record.evidence import find_case, load_case

REPO = Path(__file__).resolve().parents[2]
PAGES = [REPO / "README.md", REPO / "CONTRIBUTING.md", *sorted((REPO / "docs").rglob("*.md"))]
BLOCK = re.compile(r"<!-- run -->\n+ *```(?P<kind>\w+)[^\n]*\n(?P<body>.*?)\n *```", re.DOTALL)


def blocks(page: Path):
    return [(m["kind"], m["body"]) for m in BLOCK.finditer(page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    """A folder with a ``guanzi``, and the environment to run commands in."""
    folder = tmp_path_factory.mktemp("bin")
    path = os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    with closing(Commands(folder, environment)):
        yield environment


@pytest.fixture
def desk(tmp_path, commands):
    """An empty folder, and the environment to run commands in it."""
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk", commands


def edit(folder: Path, diff: str) -> None:
    """Apply a diff without line numbers: each removed line stands in the file once, and the added ones replace it."""
    name = ""
    removed: list[str] = []
    added: list[str] = []
    for line in diff.splitlines():
        if line.startswith("+++ "):
            name = line[4:].strip()
        elif line.startswith("-") and not line.startswith("---"):
            removed.append(line[1:])
        elif line.startswith("+"):
            added.append(line[1:])
    assert name, "a diff names its file in a line that starts with +++"
    assert removed, "a diff takes something away, so that its place is known"
    file = folder / name
    text = file.read_text("utf-8")
    old = "\n".join(removed)
    assert text.count(old) == 1, f"{name} does not hold, once:\n{old}"
    file.write_text(text.replace(old, "\n".join(added)), "utf-8")


LONG = {"docs/howto/auditor.md", "docs/howto/analyst.md", "docs/howto/office-running.md", "docs/howto/tracks.md"}
"""Pages that take minutes, or a process of its own for each command; they are run with the proofs."""


def pages():
    """The pages with something to run."""
    for page in PAGES:
        if blocks(page):
            name = str(page.relative_to(REPO))
            yield pytest.param(page, id=name, marks=[pytest.mark.prove] if name in LONG else [])


@pytest.mark.parametrize("page", list(pages()))
def test_a_page_does_what_it_says(page, desk):
    folder, environment = desk
    for kind, body in blocks(page):
        if kind == "diff":
            edit(folder, body)
            continue
        assert kind == "console", f"cannot run a {kind} block"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", body], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{body}\n{done.stdout}\n{done.stderr}"


def commands_of(page: Path) -> list[list[str]]:
    """The words of every command of the program in the console blocks and tables of a page, without comments."""
    text = page.read_text("utf-8")
    lines = re.findall(r"^\.venv/bin/guanzi (.+?)(?: +#.*)?$", text, re.MULTILINE)
    cells = re.findall(r"`guanzi ([^`]+)`", "\n".join(line for line in text.splitlines() if line.startswith("|")))
    helped = [[word for word in cell.split() if re.fullmatch(r"[a-z][a-z-]*", word)] + ["--help"] for cell in cells]
    return [line.split() for line in lines] + helped


def test_the_commands_of_the_readme_work(desk):
    """Demonstration and office have tests of their own and are asked for their help; what lint finds is code 1."""
    folder, environment = desk
    asked = commands_of(REPO / "README.md")
    assert len(asked) >= 15
    for words in map(str.split, taken(map(" ".join, asked), 3)):
        short = [words[0], "--help"] if words[0] in ("demo", "office") else words
        done = subprocess.run(
            ["guanzi", *short], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in ((0, 1) if words[0] == "lint" else (0,)), f"{short}\n{done.stdout}\n{done.stderr}"


def test_the_tutorial_is_run():
    assert len(blocks(REPO / "docs" / "tutorial.md")) >= 5


def test_the_documentation_admits_what_the_bands_missed():
    """The counts of the page on the company model are those that ``--reveal`` states."""
    case = load_case(find_case("nio-hefei-2020"))
    appraisal = appraise(case, paths=20_000, seed=1, options=AppraisalOptions(sensitivity=False))
    look = hindsight(case, appraisal, "0" * 64)
    said = re.search(
        r"Of (\d+) values of NIO .+? (\d+) lie in the band .+? and (\d+) in the band",
        " ".join((REPO / "docs" / "methods" / "company.md").read_text("utf-8").split()),
    )
    assert said is not None
    found = (look.covered_90[1], look.covered_50[0], look.covered_90[0])
    assert tuple(map(int, said.groups())) == found


def test_every_link_between_pages_leads_somewhere():
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            generated = target.startswith("schemas/")  # by scripts/docs_hooks.py; mkdocs itself checks these links
            if not re.match(r"[a-z]+:", target) and not generated and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(REPO)}: {target}")
    assert not broken


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")
@pytest.mark.parametrize("script", sorted((REPO / "scripts").glob("*.sh")), ids=lambda p: p.name)
def test_a_script_parses(script):
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
