"""From a folder with an annual report, a contract and an Excel model to a dossier: how many actions of a person.

The annual report is a document of the golden set, the contract and the model are written in the form of real ones. The
commands read them; every proposal and every drafted clause counts as confirmed by one action, every sentence that no
clause covers as looked at by one. The same typed in: every cell of a fact's row and every value of a clause is an action.
Then a tenth of what was read is made false and given to the checks that stand between reading and a dossier. Nobody
confirmed anything here: what a second reader would have let pass is not measured.

Run: python -m benchmarks.folder_to_dossier. Writes folder-to-dossier.md into benchmarks/results.
"""  # noqa: E501

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from tests.jobs.contracts import Figures, write

from guanzi.base.reading import TextFile, parse_yaml, yaml_text
from guanzi.jobs.evidence.proposals import stated_unit
from guanzi.record.evidence import holds_figure, quote_stands, read_placed

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "tests" / "golden" / "files" / "lanyue-annual-2023.pdf"
SECONDS = 6
SEED = 31
FACT_CELLS = ("name", "value", "unit", "period", "known_on", "source", "page", "quote")
"""Cells of the row of a fact that a person types."""


def command(*words: str) -> Any:
    """What a command prints as JSON."""
    done = subprocess.run([sys.executable, "-m", "guanzi", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout) if "--json" in words else done.stdout


def parsed(text: str) -> dict[str, Any]:
    """A sheet as the product reads it."""
    return dict(parse_yaml(TextFile("sheet.yaml", text, tuple(text.split("\n")))).data)


def model(path: Path) -> Path:
    """An Excel model: a plan computed from typed numbers."""
    book = Workbook()
    inputs, plan = book.active, book.create_sheet("Plan")
    inputs.title = "Inputs"
    for row in (["RMB million", 2024, 2025, 2026], ["Deliveries", 20_000, 40_000, 80_000], ["Price", 0.2, 0.19, 0.18]):
        inputs.append(row)
    plan.append(["RMB million", 2024, 2025, 2026])
    plan.append(["Revenue", *(f"=Inputs!{c}2*Inputs!{c}3" for c in "BCD")])
    book.save(path)
    return path


def values_in(entry: Any) -> Iterator[Any]:
    """The values of a clause that a person types, quotes and notes apart."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from () if key in ("source", "note") else values_in(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from values_in(value)
    else:
        yield entry


def clauses_of(sheet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The clauses of a sheet that quote the contract, instalments each by itself."""
    for section in ("parties", "instruments", "covenants", "events", "incentives", "unknown_clauses"):
        for entry in (sheet.get(section) or {}).values():
            yield {key: value for key, value in entry.items() if key != "tranches"}
            yield from entry.get("tranches", ())


def facts_file(proposals: list[dict[str, Any]]) -> tuple[str, int]:
    """The accepted proposals as a file of facts, each figure of a period once."""
    facts: dict[str, dict[str, Any]] = {}
    for one in proposals:
        unit, factor = stated_unit(one["fact"], one["unit"])
        value = one["value"]
        if isinstance(value, dict):
            continue
        key = f"{one['fact']}-{one['period']}".replace("_", "-").replace("/", "-").lower()
        stated = float(f"{value * factor:.10g}") if isinstance(value, float) else value
        period = int(one["period"]) if one["period"].isdecimal() else one["period"]
        facts.setdefault(key, {"id": key, "name": one["fact"], "value": stated, "unit": unit, "period": period,
                               "known_on": date.fromisoformat(one["known_on"]), "source": "annual-report"})  # fmt: skip
    source = {
        "publisher": "Lanyue",
        "title": "Annual report 2023",
        "date": date.fromisoformat(proposals[0]["known_on"]),
        "grade": "A",
    }
    return yaml.safe_dump(
        {"sources": {"annual-report": source}, "facts": list(facts.values())}, allow_unicode=True
    ), len(facts)


def thrown_out(proposals: list[dict[str, Any]], sheet: dict[str, Any], contract: Path) -> list[tuple[str, int, int]]:
    """Of a tenth that was made false: how many each check refuses, of how many."""
    draw = random.Random(SEED)
    pages = {
        page.number: " ".join(w.text for line in page.lines for w in line.words)
        for page in read_placed(REPORT, REPORT.name)
    }
    stated = [one for one in proposals if isinstance(one["value"], float) and one["value"]]
    chosen = draw.sample(stated, max(1, round(len(stated) / 10)))
    value = sum(not holds_figure(one["text"], one["value"] * draw.uniform(1.1, 3)) for one in chosen)
    words = sum(not quote_stands(one["text"].replace("1", "7", 1) + " 7", pages[one["page"]]) for one in chosen)
    other = sum(not quote_stands(one["text"], pages.get(one["page"] + 1, "")) for one in chosen)
    held = {page.number: "\n".join(" ".join(w.text for w in line.words) for line in page.lines)
            for page in read_placed(contract, contract.name)}  # fmt: skip
    quotes = [
        q
        for entry in clauses_of(sheet)
        for q in (entry["source"] if isinstance(entry["source"], list) else [entry["source"]])
    ]
    taken = draw.sample(quotes, max(1, round(len(quotes) / 10)))
    false_words = sum(not quote_stands(one["quote"] + " not", held[one["page"]]) for one in taken)
    return [
        ("value of a fact changed by 10 to 200 %", value, len(chosen)),
        ("words of its quote changed", words, len(chosen)),
        ("its page changed to the next one", other, len(chosen)),
        ("a word added to the quote of a clause", false_words, len(taken)),
    ]


def main() -> None:
    """Count, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        contract, book = write(here, "en", "docx", Figures()), model(here / "model.xlsx")
        proposals = command("evidence", "read", str(REPORT), "--json")
        seen = command("evidence", "model", str(book), "--json")
        drafted = command("terms", "read", str(contract), "--out", str(here / "sheet.yaml"), "--json")["contracts"][0]
        sheet = parsed(drafted["sheet"])
        command(
            "case", "new", str(here / "lanyue"), "--company", "Lanyue", "--region", "Riverton", "--day", "2024-06-01"
        )
        facts, entered = facts_file(proposals)
        (here / "lanyue" / "facts" / "report.yaml").write_text(facts, encoding="utf-8")
        terms = here / "lanyue" / "terms"
        terms.mkdir(exist_ok=True)
        text = drafted["sheet"].replace("document: agreement-en.docx", "document: annual-report")
        sheet_in_case = parsed(text)
        sheet_in_case.pop("contract")
        (terms / "sheet.yaml").write_text(yaml_text(sheet_in_case), encoding="utf-8")
        end = "a dossier with a forecast"
        done = subprocess.run(
            [sys.executable, "-m", "guanzi", "appraise", str(here / "lanyue"), "--paths", "512", "--out", str(here / "out")],  # noqa: E501
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            end = f"no dossier: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else done.returncode}"
        files = sorted(path.name for path in (here / "out").glob("*")) if (here / "out").is_dir() else []
        clauses = list(clauses_of(sheet))
        unseen = sum(value == "unknown" for entry in clauses for value in values_in(entry))
        read = {"commands": 5, "facts confirmed": len(proposals), "clauses confirmed": len(clauses),
                "sentences looked at that no clause covers": len(drafted["uncovered"]),
                "values that the contract does not give, typed as a range with its reason": 3 * unseen,
                "typed cells of the model looked at": len(seen["inputs"])}  # fmt: skip
        typed = {"commands": 2, "cells of the rows of facts": len(FACT_CELLS) * len(proposals),
                 "values of the clauses": sum(len(list(values_in(entry))) for entry in clauses),
                 "places of their quotes": 3 * len(clauses),
                 "values that the contract does not give, typed as a range with its reason": 3 * unseen,
                 "cells of the model": seen["cells"]}  # fmt: skip
        checks = thrown_out(proposals, sheet, contract)
    page = report(read, typed, checks, end, files, entered)
    (ROOT / "benchmarks" / "results" / "folder-to-dossier.md").write_text(page, encoding="utf-8")
    print(page)


def report(
    read: dict[str, int],
    typed: dict[str, int],
    checks: list[tuple[str, int, int]],
    end: str,
    files: list[str],
    entered: int,
) -> str:
    """The page of results."""

    def table(counts: dict[str, int]) -> list[str]:
        rows = [f"| {name} | {count} |" for name, count in counts.items()]
        whole = sum(counts.values())
        return [
            "| what | actions |",
            "|---|---|",
            *rows,
            f"| **in all** | **{whole}**: {whole * SECONDS / 60:.0f} minutes |",
            "",
        ]

    return "\n".join(
        [
            "# From a folder to a dossier: actions counted",
            "",
            (main.__globals__["__doc__"] or "").split("\n\n")[1],
            "",
            f"Each action is reckoned at {SECONDS} seconds. Where it ends: {end} ({', '.join(files) or 'no file'}); {entered} facts entered.",  # noqa: E501
            "",
            "## Read by the commands and confirmed",
            "",
            *table(read),
            "## The same typed in",
            "",
            *table(typed),
            "## What the checks throw out of a tenth made false",
            "",
            "| made false | thrown out | of |",
            "|---|---|---|",
            *(f"| {what} | {out} | {of} |" for what, out, of in checks),
            "",
            "A false value that keeps quote, page and figure (another period, another fact of the same figure) is left to the reader who",  # noqa: E501
            "confirms. A trial with a second reader: seeded-proposals.md.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
