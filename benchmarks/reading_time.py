"""How long documents are read and how much memory it takes: a digital report of 300 pages, 20 scanned pages.

Pages of the open golden documents are laid together until there are enough of them. Each document is read in one
process of its own, pages and facts together; what is measured is the work of that process and the most memory that it
held.

Run: python -m benchmarks.reading_time. Writes reading-time.md into benchmarks/results.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "tests" / "golden" / "files"
ASKED = {"digital": (300, 60, 1_000), "scanned": (20, 150, None)}
"""Pages, and at most so many seconds of work and megabytes."""
MADE_OF = {
    "digital": ("lanyue-annual-2023.pdf", "kestrel-annual-2023.pdf", "qingchuan-prospectus.pdf"),
    "scanned": ("baisha-audit-2022.pdf", "corvid-report-2023.pdf", "meridian-interim-2024.pdf"),
}
READER = """
import json, resource, sys
from pathlib import Path
from guanzi.intake.reading import read_document
from guanzi.record.evidence import PlacedPage
from guanzi.record.evidence.dataroom.worker import placed
given = {"kind": "pdf", "path": sys.argv[1], "name": "document.pdf", "first": 1}
reading = read_document(PlacedPage.from_content(page) for page in placed(given))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([reading.pages, len(reading.found), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def laid_together(kind: str, folder: Path) -> Path:
    """A document of as many pages as are asked for."""
    sources = [pypdfium2.PdfDocument(FILES / name) for name in MADE_OF[kind]]
    made, wanted = pypdfium2.PdfDocument.new(), ASKED[kind][0]
    while len(made) < wanted:
        for source in sources:
            made.import_pages(source, list(range(min(len(source), wanted - len(made)))))
    path = folder / f"{kind}.pdf"
    made.save(path)
    return path


def main() -> None:
    """Read both documents, print the page and write it."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, (_, seconds, memory) in ASKED.items():
            path = laid_together(kind, Path(folder))
            done = subprocess.run([sys.executable, "-c", READER, path], capture_output=True, text=True, check=True)
            pages, found, used, held = json.loads(done.stdout)
            most = f"{memory:,}" if memory else "–"
            rows.append(f"| {kind} | {pages} | {found} | {used:.1f} | {seconds} | {held:.0f} | {most} |")
    head = "| document | pages read | proposals | seconds of work | at most | megabytes | at most |\n"
    head += "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    told = (__doc__ or "").split("\n\n")[1].replace("\n", " ")
    page = f"# Time and memory of reading\n\n{told}\n\n{head}" + "\n".join(rows) + "\n"
    print(page)
    (ROOT / "benchmarks" / "results" / "reading-time.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
