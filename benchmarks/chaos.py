"""Chaos tests: bad files, kills and races, each against a process of its own, with time, memory and exit code.

Every attack makes its files in a folder of its own, calls the product as a person would, and is held to what must be
true of any input: it ends in time, in bounded memory, with an exit code of the product, without a traceback, and leaves
nothing half-written. ``make prove`` runs it and writes ``benchmarks/results/chaos.md``; ``make test`` runs one attack
of each kind, in the short form (``tests/cli/test_chaos.py``).

    python benchmarks/chaos.py [--short]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "import sys; sys.argv[0] = 'guanzi'; from guanzi.cli import main; main()"]
PATIENCE = 600
"""Seconds of the clock after which a process hangs. Otherwise time is that of the processor: machines are shared."""
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

CASE = """\
format: 1
case: example
title: {title}
company: {{id: example, name: Example Motors}}
region: {{id: riverton, name: Riverton, country: CN}}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2024-04-29
question: Shall Riverton back Example Motors?
"""
FACTS = """\
sources:
  report: {publisher: Example Motors, title: Annual report, date: 2024-03-01, grade: B}
facts:
  - {id: sales-2023, name: deliveries, period: 2023, value: 20000, unit: vehicles, known_on: 2024-03-01, source: report}
"""
FACT = (
    "  - {{id: f-{n}, name: {name}, period: 2023, value: {value}, unit: {unit}, "
    "known_on: 2024-03-01, source: report}}\n"
)
DAYS = ("2024-03-20", "2024-04-29")
SHEET = """\
deal: example
currency: CNY
known_on: 2024-03-01
signed: 2024-03-15
source: report
parties:
  company: {{role: issuer, name: Example Motors}}
  riverton: {{role: public, name: Riverton}}
instruments:
  stake:
    type: equity
    issuer: company
    share: 18%
    holders: {{riverton: 18%}}
    tranches:
{tranches}"""
TRANCHE = "      - {{id: t{n}, amount: {{riverton: {amount}}}, due: {due}}}\n"


@dataclass(frozen=True)
class Outcome:
    """What became of a process.

    Attributes:
        code: Exit code.
        seconds: Of the processor, its children among them.
        clock: Seconds of the clock.
        megabytes: Largest resident set of it or of one of its children.
        out: What it printed.
        wrong: What must not be, in words; empty when all held.
    """

    code: int
    seconds: float
    megabytes: float
    out: str
    wrong: str = ""
    clock: float = 0.0


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: What is done.
        run: Does it in an empty folder; ``short``: in the short form.
        codes: Exit codes that are right.
        seconds: Most time.
        megabytes: Most memory.
    """

    name: str
    run: Callable[[Path, bool], Outcome]
    codes: tuple[int, ...]
    seconds: float = 20.0
    megabytes: float = 700.0


# -- processes


def call(
    *words: str, folder: Path, stdout: int | None = None, limit: int | None = None, wait: float = PATIENCE
) -> Outcome:
    """Call the product.

    Args:
        words: The words of the command.
        folder: Where it is called.
        stdout: Where standard output goes; None: it is read.
        limit: Bytes beyond which no file can be written, as on a full disk.
        wait: Seconds after which it is ended, which is wrong.
    """
    with tempfile.TemporaryFile() as said:
        started, megabytes = time.monotonic(), 0.0
        process = begin(
            *words, folder=folder, stdout=said.fileno() if stdout is None else stdout, stderr=said.fileno(), limit=limit
        )
        while time.monotonic() - started < wait:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                process.returncode = os.waitstatus_to_exitcode(status)
                break
            megabytes = max(megabytes, resident(process.pid))
            time.sleep(0.01)
        else:
            process.kill()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        clock, seconds = time.monotonic() - started, usage.ru_utime + usage.ru_stime
        said.seek(0)
        text = said.read().decode("utf-8", errors="replace")
    return Outcome(process.returncode, seconds, megabytes, text, _wrong(text), clock)


def resident(pid: int) -> float:
    """Largest resident set until now of a process or one of its children, in MB; 0 once it has ended.

    Not ``ru_maxrss``: a process starts with that of the one that began it, here a test run of any size. Where there is
    no ``/proc`` nothing is known and 0 is said.
    """
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        marks = re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return max([int(mark) / 1e3 for mark in marks] + [resident(int(child)) for child in children], default=0.0)


def begin(*words: str, folder: Path, stdout: int, stderr: int, limit: int | None = None) -> subprocess.Popen[bytes]:
    """Start the product and do not wait."""

    def bound() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [*COMMAND, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment,
        preexec_fn=bound,
    )  # fmt: skip


def spent() -> float:
    """Seconds of the processor that all ended children took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _wrong(text: str) -> str:
    return "traceback" if "Traceback (most recent call last)" in text else ""


def and_also(outcome: Outcome, holds: bool, otherwise: str) -> Outcome:
    """The outcome, with something else that must be true."""
    wrong = outcome.wrong or ("" if holds else otherwise)
    return Outcome(outcome.code, outcome.seconds, outcome.megabytes, outcome.out, wrong, outcome.clock)


# -- files


def small(folder: Path, *, title: str = "Example Motors and Riverton", facts: str = FACTS, sheet: str = "") -> Path:
    """A small sound case, to be spoilt."""
    case = folder / "example"
    for part in ("facts", "terms"):
        (case / part).mkdir(parents=True)
    (case / "case.yaml").write_text(CASE.format(title=title), "utf-8")
    (case / "facts" / "facts.yaml").write_text(facts, "utf-8")
    (case / "terms" / "deal.yaml").write_text(sheet or sheet_of(["600"]), "utf-8")
    return case


def sheet_of(amounts: list[str]) -> str:
    """A term sheet with these instalments, spread over five years."""
    days = [f"{2024 + 5 * n // len(amounts)}-{1 + n % 12:02d}-28" for n in range(len(amounts))]
    return SHEET.format(
        tranches="".join(
            TRANCHE.format(n=n, amount=a, due=max(d, "2024-04-15"))
            for n, (a, d) in enumerate(zip(amounts, days, strict=True))
        )
    )


def checked(spoil: Callable[[Path, bool], object]) -> Callable[[Path, bool], Outcome]:
    """``case check`` of a case that was spoilt."""

    def run(folder: Path, short: bool) -> Outcome:
        spoil(small(folder), short)
        return call("case", "check", "example", folder=folder)

    return run


def facts(text: Callable[[bool], str]) -> Callable[[Path, bool], Outcome]:
    """``case check`` with another facts file."""
    return checked(lambda case, short: (case / "facts" / "more.yaml").write_text(text(short), "utf-8"))


def fact(value: str, unit: str = "vehicles") -> Callable[[Path, bool], Outcome]:
    """``case check`` with one more fact."""
    return facts(lambda short: "facts:\n" + FACT.format(n=1, name="deliveries", value=value, unit=unit))


def sparse(path: Path, size: int) -> None:
    """A large file that takes no space."""
    with path.open("wb") as file:
        file.truncate(size)


def pipe_at(name: str) -> Callable[[Path, bool], Outcome]:
    """``case check`` with a named pipe in place of a file."""

    def spoil(case: Path, short: bool) -> None:
        (case / name).unlink(missing_ok=True)
        os.mkfifo(case / name)

    return checked(spoil)


def with_pipe(*words: str) -> Callable[[Path, bool], Outcome]:
    """A command with a named pipe, ``PIPE``, where it expects a file."""

    def run(folder: Path, short: bool) -> Outcome:
        small(folder)
        os.mkfifo(folder / "pipe.yaml")
        return call(*(word.replace("PIPE", "pipe.yaml") for word in words), folder=folder)

    return run


def bomb(path: Path, part: str) -> None:
    """A packed file of some hundred kilobytes that unpacks to hundreds of megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for _ in range(400):
                stream.write(b"\x20" * 1_000_000)


# -- attacks that are more than one file


def _escapes(folder: Path, short: bool) -> Outcome:
    title = '"Example\\e[2J\\e]0;owned\\a Motors \\u202E and \\x9b31m Riverton"'
    small(folder, title=title)
    outcome = call("appraise", "example", "--paths", "64", "--out", "out", folder=folder)
    raw = set(outcome.out) & {"\x1b", "\x07", "\x9b", "\u202e"}
    return and_also(outcome, not raw, "printed what a terminal obeys")


def _name_of_bytes(folder: Path, short: bool) -> Outcome:
    case = small(folder)
    try:
        os.rename(case / "facts" / "facts.yaml", os.fsencode(case / "facts") + b"/f\xff\x1b[2J.yaml")
    except OSError:  # a file system that keeps names in UTF-8
        return call("case", "check", "example", folder=folder)
    outcome = call("appraise", "example", "--paths", "64", "--out", "out", folder=folder)
    return and_also(outcome, "\x1b" not in outcome.out, "printed what a terminal obeys")


def _into(where: str) -> Callable[[Path, bool], Outcome]:
    def run(folder: Path, short: bool) -> Outcome:
        target = os.open(folder / where if where.startswith("x") else where, os.O_WRONLY | os.O_CREAT)
        try:
            return call("explain", "nio-hefei-2020", folder=folder, stdout=target)
        finally:
            os.close(target)

    return run


def _gone_reader(folder: Path, short: bool) -> Outcome:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return call("explain", "nio-hefei-2020", folder=folder, stdout=writer)
    finally:
        os.close(writer)


def _workbook_bomb(folder: Path, short: bool) -> Outcome:
    bomb(folder / "bomb.xlsx", "xl/workbook.xml")
    return call("case", "import", "bomb.xlsx", folder=folder)


def _document_bomb(folder: Path, short: bool) -> Outcome:
    small(folder)
    bomb(folder / "bomb.docx", "word/document.xml")
    return call("evidence", "add", "example", "bomb.docx", folder=folder)


def _large_document(folder: Path, short: bool) -> Outcome:
    small(folder)
    sparse(folder / "large.pdf", 5_000_000_000)
    return call("evidence", "add", "example", "large.pdf", folder=folder)


def _full_disk(*words: str) -> Callable[[Path, bool], Outcome]:
    def run(folder: Path, short: bool) -> Outcome:
        case = small(folder)
        (folder / "note.txt").write_text("A note of a meeting.\n" * 20_000, "utf-8")
        before = sorted(str(p) for p in folder.rglob("*"))
        outcome = call(*words, folder=folder, limit=1_000)
        left = [p for p in sorted(str(p) for p in folder.rglob("*")) if p not in before and "guanzi-out" not in p]
        quiet = not [p for p in left if Path(p).name.startswith(".") or Path(p).is_relative_to(case)]
        return and_also(outcome, quiet, f"left behind {left}")

    return run


def _long_list(folder: Path, short: bool) -> Outcome:
    (folder / "list.json").write_text("[" * 200_000 + "\n", "utf-8")
    return call("screen", "search", "list.json", "Somebody", folder=folder)


def _instalments(count: int) -> Callable[[Path, bool], Outcome]:
    def run(folder: Path, short: bool) -> Outcome:
        small(folder, sheet=sheet_of(["1"] * (min(count, 60) if short and count <= 1_000 else count)))
        return call("appraise", "example", "--paths", "64", "--out", "out", folder=folder)

    return run


# -- races and kills


def _adding_at_once(folder: Path, short: bool) -> Outcome:
    case = small(folder)
    started = spent()
    running = []
    for n in range(8):
        (folder / f"note-{n}.txt").write_text(f"Note {n}\n", "utf-8")
        running.append(
            begin(
                "evidence",
                "add",
                "example",
                f"note-{n}.txt",
                folder=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
    codes = [process.wait(PATIENCE) for process in running]
    lines = (case / "documents" / "index.jsonl").read_text("utf-8").splitlines()
    kept = {json.loads(line)["original"] for line in lines}
    found = call("evidence", "verify", "example", folder=folder)
    outcome = Outcome(max(codes), spent() - started, found.megabytes, found.out, found.wrong)
    return and_also(outcome, len(kept) == len(lines) == 8 and found.code == 0, f"{len(kept)} of 8 documents kept")


def _results_at_once(folder: Path, short: bool) -> Outcome:
    small(folder)
    started = spent()
    running = [
        begin(
            "appraise",
            "example",
            "--paths",
            "64",
            "--seed",
            str(n),
            "--out",
            "out",
            folder=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for n in range(3 if short else 8)
    ]
    codes = [process.wait(PATIENCE) for process in running]
    outcome = Outcome(max(codes), spent() - started, 0.0, "")
    return and_also(outcome, together(folder / "out") == "whole", "results of different runs lie together")


def together(folder: Path) -> str:
    """``whole``: the results that the manifest names; ``part``: of one run, without manifest; else ``mixed``."""
    found = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in found}
    if "manifest.json" not in files:
        said = [path.read_text("utf-8") for path in found if path.name in ("appraisal.json", "dossier.html")]
        days = {day for day in DAYS for text in said if f'"as_of": "{day}"' in text or f"as of {day}" in text.lower()}
        return "part" if len(days) < 2 else "mixed"
    named = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    files.pop("manifest.json")
    return "whole" if named == files else "mixed"


def _killed_results(folder: Path, short: bool) -> Outcome:
    small(folder)
    words = ("appraise", "example", "--paths", "64", "--out", "out")
    first = call(*words, folder=folder)
    dice, states = random.Random(10), []
    for n in range(3 if short else 12):
        as_of = DAYS[n % 2]
        process = begin(*words, "--as-of", as_of, folder=folder, **QUIET)
        # most of the moments lie where results are written: at the end
        time.sleep(first.clock * dice.uniform(0.75, 1.02))
        process.send_signal(signal.SIGKILL)
        process.wait()
        states.append(together(folder / "out"))
    last = call(*words, folder=folder)
    left = [p.name for p in (folder / "out").iterdir() if p.name.startswith(".")]
    outcome = and_also(last, "mixed" not in states, f"results of two runs: {states}")
    return and_also(outcome, together(folder / "out") == "whole" and not left, f"left behind {left}")


def _killed_adding(folder: Path, short: bool) -> Outcome:
    small(folder)
    first = call("case", "check", "example", folder=folder)
    dice = random.Random(11)
    for n in range(3 if short else 12):
        (folder / f"note-{n}.txt").write_text(f"Note {n}\n", "utf-8")
        process = begin(
            "evidence",
            "add",
            "example",
            f"note-{n}.txt",
            folder=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(first.clock * dice.uniform(0.3, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
    (folder / "last.txt").write_text("The last note\n", "utf-8")
    added = call("evidence", "add", "example", "last.txt", folder=folder)
    verified = call("evidence", "verify", "example", folder=folder)
    left = [p.name for p in (folder / "example").iterdir() if p.name.startswith(".room-")]
    outcome = and_also(added, verified.code == 0 and not verified.wrong, verified.out[-200:])
    return and_also(outcome, not left, f"left behind {left}")


def _linked(target: str, name: str) -> Callable[[Path, bool], Outcome]:
    def spoil(case: Path, short: bool) -> None:
        (case / "outcome").mkdir()
        (case / "outcome" / "facts.yaml").write_text(FACTS, "utf-8")
        (case / "outcome" / "entities.json").write_text("{}\n", "utf-8")
        link = case / name
        if link.is_dir():
            for inside in link.iterdir():
                inside.unlink()
            link.rmdir()
        link.unlink(missing_ok=True)
        link.symlink_to(target)

    return checked(spoil)


def _playbook(text: str) -> Callable[[Path, bool], Outcome]:
    def run(folder: Path, short: bool) -> Outcome:
        (folder / "own.yaml").write_text(text, "utf-8")
        return call("playbook", "check", "own.yaml", folder=folder)

    return run


def _terms(amount: str) -> Callable[[Path, bool], Outcome]:
    return checked(lambda case, short: (case / "terms" / "deal.yaml").write_text(sheet_of([amount]), "utf-8"))


LETTERS = "abcdefghijklmnopqrstuvwxyz"
LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise(LETTERS))
BAD = FACT.format(n="{n}", name="UNKNOWN NAME", value="much", unit="parsecs")


def bad_facts(count: int) -> str:
    """A facts file in which everything is wrong."""
    return "facts:\n" + "".join(BAD.replace("{n}", str(n)) for n in range(count))


def spoilt_table(text: str) -> Callable[[Path, bool], Outcome]:
    """``case check`` with a table of facts."""
    return checked(lambda case, short: (case / "facts" / "more.csv").write_text(text, "utf-8"))


ATTACKS = (
    Attack("facts file of 200 MB", checked(lambda case, _: sparse(case / "facts" / "more.yaml", 200_000_000)), (1, 2)),
    Attack("100,000 bad facts", facts(lambda short: bad_facts(100_000)[:9_900_000]), (1, 2), 60.0),
    Attack("22,000 bad facts", facts(lambda short: bad_facts(2_000 if short else 22_000)), (1, 2), 90.0, 1_500.0),
    Attack("YAML of a million brackets", facts(lambda short: "facts: " + "[" * 1_000_000), (1, 2)),
    Attack("YAML that multiplies by references", facts(lambda short: LAUGHS), (1, 2)),
    Attack("CSV in one line of 5 MB", spoilt_table("id," * 1_700_000), (1, 2)),
    Attack("CSV of a million rows", spoilt_table("id\n" + "x\n" * 1_000_000), (1, 2)),
    Attack("pipe as entities.ftm.json", pipe_at("entities.ftm.json"), (1, 2)),
    Attack("pipe as facts", pipe_at("facts/more.yaml"), (1, 2)),
    Attack("pipe as term sheet", pipe_at("terms/deal.yaml"), (1, 2)),
    Attack("pipe as case.yaml", pipe_at("case.yaml"), (1, 2)),
    Attack("pipe as workbook", with_pipe("case", "import", "PIPE"), (2,)),
    Attack("pipe as playbook", with_pipe("playbook", "check", "PIPE"), (1, 2)),
    Attack("pipe as list for screening", with_pipe("screen", "search", "PIPE", "Somebody"), (2,)),
    Attack("pipe as portfolio of rivals", with_pipe("walkaway", "example", "--rivals", "PIPE"), (2,)),
    Attack("pipe as rules", with_pipe("rules", "judge", "example", "--pack", "PIPE"), (2,)),
    Attack("pipe as document", with_pipe("evidence", "add", "example", "PIPE"), (2,)),
    Attack("pipe as table of figures", with_pipe("evidence", "import", "example", "PIPE", "--format", "edgar"), (2,)),
    Attack("/dev/zero as facts", _linked("/dev/zero", "facts/zero.yaml"), (1, 2)),
    Attack("/dev/zero as playbook", lambda folder, _: call("playbook", "check", "/dev/zero", folder=folder), (1, 2)),
    Attack("facts as a link to outcome", _linked("outcome", "facts"), (1, 2)),
    Attack("terms as a link to outcome", _linked("outcome", "terms"), (1, 2)),
    Attack("entities as a link into outcome", _linked("outcome/entities.json", "entities.ftm.json"), (1, 2)),
    Attack("case.yaml as a link to itself", _linked("case.yaml", "case.yaml"), (1, 2)),
    Attack("1e308 in a term sheet", _terms("1.0e308"), (1, 2)),
    Attack("a term sheet of 60 digits", _terms("9" * 60), (1, 2)),
    Attack("1e300 in a fact", fact("1.0e300"), (1, 2)),
    Attack("a fact of 60 digits", fact("9" * 60), (1, 2)),
    Attack("a fact of 400 digits", fact("9" * 400), (1, 2)),
    Attack("1e999 in a fact", fact("1.0e999"), (1, 2)),
    Attack("1e300 in a playbook", _playbook("extends: hefei\nplaybook: own\nlimits: [{value: 1.0e300}]\n"), (1, 2)),
    Attack("terminal escapes and turned text in a title", _escapes, (0,), 60.0),
    Attack("a file name that is no UTF-8", _name_of_bytes, (0, 2), 60.0),
    Attack("/dev/full as output", _into("/dev/full"), (2,)),
    Attack("an output whose reader has gone", _gone_reader, (0, 141)),
    Attack("workbook that unpacks to 400 MB", _workbook_bomb, (2,)),
    Attack("document that unpacks to 400 MB", _document_bomb, (2,)),
    Attack("document of 5 GB", _large_document, (2,)),
    Attack("full disk under evidence add", _full_disk("evidence", "add", "example", "note.txt"), (2,)),
    Attack("full disk under case new", _full_disk("case", "new", "mine", "--from", "nio-hefei-2020"), (2,)),
    Attack("full disk under appraise", _full_disk("appraise", "example", "--paths", "64", "--out", "out"), (2,), 60.0),
    Attack("list of 200,000 brackets", _long_list, (2,)),
    Attack("1,000 instalments", _instalments(990), (0,), 150.0, 1_500.0),
    Attack("5,000 instalments", _instalments(5_000), (2,)),
    Attack("eight evidence add at once", _adding_at_once, (0,), 120.0),
    Attack("appraisals into one folder at once", _results_at_once, (0,), 150.0),
    Attack("kills while documents are added", _killed_adding, (0,), 150.0),
    Attack("kills while results are written", _killed_results, (0,), 150.0),
)  # fmt: skip


def fight(attack: Attack, short: bool) -> Outcome:
    """Run an attack in a folder of its own and judge it."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        outcome = attack.run(Path(folder), short)
    outcome = and_also(outcome, outcome.code in attack.codes, f"exit code {outcome.code}")
    outcome = and_also(outcome, outcome.seconds <= attack.seconds, "too slow")
    return and_also(outcome, outcome.megabytes <= attack.megabytes, "too much memory")


def rows(short: bool) -> Iterator[tuple[Attack, Outcome]]:
    """All attacks with their outcomes, one after the other."""
    for attack in ATTACKS:
        yield attack, fight(attack, short)


def main() -> int:
    """Run all and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--short", action="store_true", help="fewer rounds and smaller files; writes no table")
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "results" / "chaos.md")
    asked = parser.parse_args()
    lines, failed = [], 0
    for attack, outcome in rows(asked.short):
        failed += bool(outcome.wrong)
        verdict = f"WRONG: {outcome.wrong}" if outcome.wrong else "held"
        memory = f"{outcome.megabytes:.0f}" if outcome.megabytes else "–"
        lines.append(f"| {attack.name} | {outcome.code} | {outcome.seconds:.1f} | {memory} | {verdict} |")
        print(lines[-1], flush=True)
        if outcome.wrong:
            print(outcome.out[-2_000:], file=sys.stderr)
    if not asked.short:
        asked.output.write_text(HEAD.format(n=len(lines), failed=failed) + "\n".join(lines) + "\n", "utf-8")
    return 1 if failed else 0


HEAD = """\
# Bad files, kills and races

{n} attacks, {failed} of which did not hold. Each is a process of its own (races: several); seconds are those of the
processor, with one or two for the start; memory is the largest resident set of the process, in megabytes. Exit codes:
0 done, 1 a check found errors, 2 refused with a sentence, 141 the reader of the output had gone. Made by
`benchmarks/chaos.py`.

| attack | exit code | seconds | MB | verdict |
|---|--:|--:|--:|---|
"""


if __name__ == "__main__":
    raise SystemExit(main())
