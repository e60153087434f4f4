"""Several who add documents at once, and disks that are full."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.record.evidence.folders import CASE, GOOD_FACT, facts_yaml, write_case

from guanzi.base.core import InvalidInput, render
from guanzi.record.evidence import add_documents, open_index, read_index

ADD = """
import sys
from datetime import date
from pathlib import Path
from guanzi.record.evidence import add_documents, enter_added
if {limit}:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from guanzi.base.core import InvalidInput, format_problems
print("ready", flush=True)
sys.stdin.readline()
try:
    enter_added(Path("example"), add_documents(Path("example"), [Path(sys.argv[1])], date(2020, 3, 18)))
except InvalidInput as error:
    print(format_problems(error.problems))
    sys.exit(2)
"""


@pytest.fixture
def case(tmp_path):
    return write_case(tmp_path / "example", {"case.yaml": CASE, "facts/a.yaml": facts_yaml(GOOD_FACT)})


def adding(folder: Path, name: str, limit: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADD.format(limit=limit), name]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True)


def test_eight_that_add_a_document_at_once_lose_none(case, tmp_path):
    running = []
    for n in range(8):
        (tmp_path / f"note-{n}.txt").write_text(f"What was said, number {n}\n", "utf-8")
        running.append(adding(tmp_path, f"note-{n}.txt"))
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [(p.communicate()[0], p.returncode) for p in running] == [("", 0)] * 8
    entries = read_index(case)
    assert sorted(entry.original for entry in entries) == [f"note-{n}.txt" for n in range(8)]
    assert sorted(p.name for p in case.iterdir()) == ["case.yaml", "documents", "facts"]
    with open_index(case, entries) as index:
        assert len(index.search("number")) == 8


def test_a_full_disk_is_no_fault_of_the_document(case, tmp_path):
    (tmp_path / "note.txt").write_text("A line of a note\n" * 1_000, "utf-8")
    process = adding(tmp_path, "note.txt", limit=1_000)
    said, _ = process.communicate("go\n")
    assert process.returncode == 2
    assert "cannot write to the case folder" in said
    assert "note.txt" not in said
    assert sorted(p.name for p in case.iterdir()) == ["case.yaml", "facts"]


def test_a_document_that_is_too_large_is_refused_before_it_is_copied(case, tmp_path):
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(5_000_000_000_000)
    with pytest.raises(InvalidInput) as caught:
        add_documents(case, [tmp_path / "large.pdf"], date(2020, 3, 18))
    assert "MB" in render(caught.value.problems[0].cause) or caught.value.problems[0].cause.id.endswith("too_large")
