"""Proposals of the pages of ten filings held to the figures that the filings tag themselves.

The filings of ``tests/intake/reading/tagged_filings.py`` are written in the form of inline XBRL, as companies of the
United States, China, Canada, the European Union, Britain, Japan and Sweden file it. They are invented: no filing of a
register lies in the repository. Their pages are read without the tags, which give the facts that they should state.

Run: python -m benchmarks.own_tags. Writes own-tags.md into benchmarks/results.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.intake.reading.tagged_filings import FILINGS, inline

from guanzi.intake.reading import read_document
from guanzi.record.evidence import PlacedPage, kind_of
from guanzi.record.evidence.dataroom.worker import placed

RESULT = Path(__file__).resolve().parent / "results" / "own-tags.md"
type Facts = dict[tuple[str, str, str], object]


@dataclass(frozen=True)
class Held:
    """What the tags of a filing state, and what its pages do."""

    tagged: Facts
    read: Facts

    @property
    def equal(self) -> int:
        """Proposals whose value, unit and period are those of a tag."""
        return sum(self.tagged.get(key) == value for key, value in self.read.items())


def hold(text: str, folder: Path) -> Held:
    """A filing read by its tags alone and by its pages alone."""
    path = folder / "filing.htm"
    path.write_text(text, encoding="utf-8")
    given = {"kind": kind_of(path, path.name), "path": str(path), "name": path.name, "first": 1}
    pages = [PlacedPage.from_content(content) for content in placed(given)]
    return Held(facts([replace(page, lines=()) for page in pages]), facts([replace(page, tags=()) for page in pages]))


def facts(pages: list[PlacedPage]) -> Facts:
    """The facts of pages by name, unit and period."""
    return {(one.fact, one.unit, str(one.period)): one.value for one in read_document(pages).found}


def page() -> str:
    """The results as a page."""
    lines = ["| filing | form | facts of its tags | proposed of its pages | equal | not proposed |"]
    lines.append("| --- | --- | ---: | ---: | ---: | ---: |")
    sums = [0, 0, 0, 0]
    with TemporaryDirectory() as folder:
        for name, filing in FILINGS.items():
            held = hold(inline(filing), Path(folder))
            counts = [len(held.tagged), len(held.read), held.equal, len(held.tagged.keys() - held.read.keys())]
            sums = [one + other for one, other in zip(sums, counts, strict=True)]
            lines.append(f"| {name} | {filing.form} | {' | '.join(map(str, counts))} |")
    lines.append(f"| all | | {' | '.join(map(str, sums))} |")
    told = " ".join((__doc__ or "").split("\n\n")[1].split())
    left = (
        "What is not proposed is left out on purpose: amounts translated for convenience, and periods that end with a "
        "week and not with a month, which a period of a case cannot say."
    )
    return f"# Pages held to their own tags\n\n{told}\n\n" + "\n".join(lines) + f"\n\n{left}\n"


if __name__ == "__main__":
    text = page()
    print(text)
    RESULT.write_text(text, "utf-8")
