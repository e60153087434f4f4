"""Public contracts as worked examples: which clauses are drafted, from which words, and how many sentences none covers.

The documents are not kept here. Each is given as a file with its address, and what is written are the clauses with quotes
of at most fifteen words.

Run: python -m benchmarks.contracts FILE ADDRESS [DAY] … prints the table of one document.
"""  # noqa: E501

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from guanzi.base.core import render
from guanzi.jobs.terms import reading


def main() -> None:
    """Print the table of a document."""
    path, address = Path(sys.argv[1]), sys.argv[2]
    day = date.fromisoformat(sys.argv[3]) if len(sys.argv) > 3 else None
    result = reading.read_contracts(reading.Request((path,), known_on=day))
    for problem in result.problems:
        print(render(problem.cause, "en"))
    for contract in result.contracts:
        covered = contract.sentences - len(contract.uncovered)
        print(f"\n## {address}\n\n{covered} of {contract.sentences} sentences are quoted by a clause.\n")
        print("| clause of the sheet | place | quote |\n|---|---|---|")
        for clause in contract.clauses:
            for quote in contract.quotes:
                if quote.of == clause.place.field:
                    print(f"| {clause.id} | page {quote.page}, {quote.clause} | {quote.quote} |")


if __name__ == "__main__":
    main()
