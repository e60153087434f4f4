"""Search over 20,000 Chinese documents: are all hits found, and how fast.

    python benchmarks/evidence_search.py > benchmarks/results/evidence_search.md

The documents are random: 400 characters each, drawn with the skewed frequencies that Chinese has (Zipf), out of the
6,763 characters of GB 2312, with punctuation and Latin words between. The oracle is ``word in text`` for every one.
Words of two and three characters are drawn from the documents (so that they are found) and at random (most are not).
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from guanzi.record.evidence.dataroom.searching import enter_added, open_index
from guanzi.record.evidence.dataroom.store import add_documents, read_index

SEED, DOCUMENTS, LENGTH, WORDS = 20261, 20_000, 400, 100


def characters() -> list[str]:
    """The 6,763 Chinese characters of GB 2312, in its order."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def main(documents: int = DOCUMENTS) -> None:
    """Make the documents, take them in, search them and print the result as Markdown."""
    dice = random.Random(SEED)
    han = characters()
    dice.shuffle(han)
    weights = [1 / (rank + 10) for rank in range(len(han))]
    texts = []
    for _ in range(documents):
        drawn = dice.choices(han, weights, k=LENGTH)
        for _ in range(LENGTH // 20):
            drawn[dice.randrange(LENGTH)] = dice.choice("，。、；\n") if dice.random() < 0.9 else " NIO 2020 "
        texts.append("".join(drawn))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "case"
        (folder / "in").mkdir(parents=True)
        files = []
        for number, text in enumerate(texts):
            files.append(folder / "in" / f"t{number:05d}.txt")
            files[-1].write_text(text, "utf-8")
        start = time.perf_counter()
        enter_added(folder, add_documents(folder, files, date(2020, 1, 1)))
        taken_in = time.perf_counter() - start
        entries = read_index(folder)
        place = {entry.sha256: number for number, entry in enumerate(entries)}
        print("# Search over Chinese documents\n")
        print(f"{documents:,} documents of {LENGTH} characters, seed {SEED}; taken in within {taken_in:.0f} s.\n")
        print("| words | searches | hits | missed | wrong | median | 95 % |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        with open_index(folder, entries) as index:
            for length in (1, 2, 3, 4):
                for origin in ("drawn from the documents", "at random"):
                    times, hits, missed, wrong = [], 0, 0, 0
                    for _ in range(WORDS):
                        word = _word(texts, han, length, origin, dice)
                        start = time.perf_counter()
                        result = index.search(word)
                        times.append(1_000 * (time.perf_counter() - start))
                        found = {place[hit.entry.sha256] for hit in result}
                        expected = {number for number, text in enumerate(texts) if word in text}
                        hits += len(expected)
                        missed += len(expected - found)
                        wrong += len(found - expected)
                    late = sorted(times)[int(0.95 * len(times))]
                    name = f"{length} character{'s' if length > 1 else ''}, {origin}"
                    print(f"| {name} | {WORDS} | {hits:,} | {missed} | {wrong} | {statistics.median(times):.1f} ms "
                          f"| {late:.1f} ms |")  # fmt: skip


def _word(texts: list[str], han: list[str], length: int, origin: str, dice: random.Random) -> str:
    while True:
        if origin == "at random":
            return "".join(dice.choices(han, k=length))
        text = dice.choice(texts)
        at = dice.randrange(len(text) - length)
        word = text[at : at + length]
        if all("一" <= character <= "龥" for character in word):
            return word


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
