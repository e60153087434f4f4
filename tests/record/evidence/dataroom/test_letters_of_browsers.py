"""Letters that a browser prints as ink alone, ligatures and dashes, stay in the words of which they are part."""

import os
import subprocess
from pathlib import Path

import pytest

from guanzi.record.evidence import read_placed

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ROWS = [("Gross profit", "–528"), ("Accumulated deficit", "−1,234"), ("Official offices", "‒9"), ("Office", "12")]


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium to print with")
@pytest.mark.parametrize("font", ["Liberation Serif", "Liberation Sans"])
def test_a_printed_page_keeps_its_words_and_signs(tmp_path, font):
    rows = "".join(f"<tr><td width=300>{name}</td><td>{figure}</td></tr>" for name, figure in ROWS)
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    told = "<p>Figures of the group for the year, with those of the year before where it has them.</p>" * 4
    page.write_text(f"<meta charset=utf-8>{told}<table style=\"font:11pt '{font}'\">{rows}</table>", encoding="utf-8")
    given = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*given, f"--print-to-pdf={printed}", str(page)], check=True, capture_output=True, timeout=120)
    lines = [line for one in read_placed(printed, "page.pdf") for line in one.lines[4:]]
    assert [" ".join(word.text for word in line.words) for line in lines] == [f"{n} {f}" for n, f in ROWS]
    assert not any(word.mark for line in lines for word in line.words)
    for line in lines:
        heights = [word.place[3] - word.place[1] for word in line.words]
        assert max(heights) < 1.2 * min(heights)
