"""Search of a list of a million synthetic names: time of a search, and recall against exhaustive comparison.

Run: python benchmarks/screening.py [--entries 1000000] [--searches 60] [--exhaustive 15].
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time

from guanzi.diligence.entities import NameIndex, build_index, scores

ONSETS = ["b", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kr", "sh", "ch"]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ou"]
CODAS = ["", "n", "r", "s", "l", "m", "k", "t"]
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许沈曾吕贾丁魏薛叶阎余潘杜戴夏钟汪田单仇查"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华鹏飞龙宏国建文志海燕红玉春梅辉亮俊峰宇浩然琪晨阳博思"


def words(draw: random.Random, n: int) -> list[str]:
    """Words made of syllables; a few are common and most are rare, as with real names."""
    made: set[str] = set()
    while len(made) < n:
        parts = (draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(draw.choice((2, 2, 3))))
        made.add("".join(parts))
    return sorted(made)


def people(draw: random.Random, n: int) -> list[str]:
    """Three in five in Latin letters, two in five in Chinese characters."""
    given, last = words(draw, 4_000), words(draw, 40_000)
    draw.shuffle(given)
    draw.shuffle(last)
    names: list[str] = []
    for _ in range(n):
        if draw.random() < 0.6:
            parts = [given[int(len(given) * draw.random() ** 2)] for _ in range(draw.choice((1, 1, 2)))]
            names.append(" ".join([*parts, last[int(len(last) * draw.random() ** 2)]]).title())
        else:
            names.append(draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2)))))
    return names


def misspelt(draw: random.Random, name: str) -> str:
    """One letter dropped, doubled or changed in a Latin name; a Chinese one as it stands."""
    if not name.isascii():
        return name
    i = draw.randrange(1, len(name) - 1)
    return draw.choice((name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + "e" + name[i + 1 :]))


def recall(index: NameIndex, asked: str, names: list[str]) -> tuple[int, int]:
    """Of the ten best by exhaustive comparison that reach 0.6, how many the search finds; equal scores are alike."""
    every = scores([(asked, name) for name in names], ["Person"] * len(names))
    best = sorted((round(float(score), 9) for score in every if score >= 0.6), reverse=True)[:10]
    found = [round(hit.score, 9) for hit in index.search(asked, "Person")]
    hit = 0
    for score in best:
        if score in found:
            found.remove(score)
            hit += 1
    return hit, len(best)


def main() -> None:
    """Build, search, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--searches", type=int, default=60)
    parser.add_argument("--exhaustive", type=int, default=15)
    options = parser.parse_args()
    draw = random.Random(20261126)
    names = people(draw, options.entries)
    begun = time.perf_counter()
    index = build_index(names, ["Person"] * len(names))
    print(f"entries {len(names)}, built in {time.perf_counter() - begun:.0f} s")
    asked = [misspelt(draw, draw.choice(names)) for _ in range(options.searches)]
    index.search(asked[0], "Person")
    took = []
    for name in asked:
        begun = time.perf_counter()
        index.search(name, "Person")
        took.append(1000 * (time.perf_counter() - begun))
    slow = sorted(took)[int(0.95 * len(took))]
    print(f"searches {len(took)}: median {statistics.median(took):.1f} ms, 95 % {slow:.1f} ms")
    pairs = [recall(index, name, names) for name in asked[: options.exhaustive]]
    hits, best = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    print(
        f"recall of the best ten with a score of 0.6 or more, {len(pairs)} names: {hits} of {best} = {hits / best:.4f}"
    )
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
