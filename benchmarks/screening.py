"""Screening against a long list: time of a search, and recall against exhaustive comparison.

Run: python benchmarks/screening.py [--entries 1000000] [--searches 200] [--exhaustive 60].

The exhaustive ranking compares a name with every entry of its kind (people, or companies) by the matcher
itself: names in Latin letters by its compiled loop over all of them, the others one by one, equal names once.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import statistics
import sys
import time
from collections import Counter
from functools import cache

import numpy as np
from numpy.typing import NDArray

from guanzi.study.screening import alignment
from guanzi.study.screening.folding import fold, has_han
from guanzi.study.screening.index import NameIndex, build_index
from guanzi.study.screening.matching import new_board, old_romanization, prepared, scores, word_arrays
from guanzi.study.screening.readings import pinyin_of_wade_giles

ONSETS = ["b", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kr", "sh", "ch"]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ou"]
CODAS = ["", "n", "r", "s", "l", "m", "k", "t"]
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许沈曾吕贾丁魏薛叶阎余潘杜戴夏钟汪田单仇查"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华鹏飞龙宏国建文志海燕红玉春梅辉"
PLACES = ["北京", "上海", "深圳", "合肥", "杭州", "苏州", "武汉", "成都", "广州", "南京"]
TRADES = ["科技", "新能源", "电子", "贸易", "置业", "半导体", "生物", "机械", "材料", "智能"]
FORMS = ["有限公司", "股份有限公司", "集团有限公司"]
TRADE_NAMES = "安宝昌诚达德鼎丰福富广海和恒宏华汇嘉建金京骏康联隆茂美明南鹏启庆荣瑞盛泰腾天通万旺兴旭亚一源远振正中"
LATIN_TRADES = ["Trading", "Energy", "Shipping", "Capital", "Motors", "Systems", "Pharma", "Foods", "Mining"]
LATIN_FORMS = ["Ltd", "GmbH", "LLC", "SA", "Inc", "AG", ""]
Names = tuple[list[str], list[str]]


def words(draw: random.Random, n: int) -> list[str]:
    """Words made of syllables, in random order."""
    made: set[str] = set()
    while len(made) < n:
        parts = (draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(draw.choice((2, 2, 3))))
        made.add("".join(parts))
    out = sorted(made)
    draw.shuffle(out)
    return out


def listed(draw: random.Random, n: int) -> Names:
    """Half people in Latin letters, a fifth Chinese people, a fifth Latin companies, a tenth Chinese companies.

    A few words are common and most are rare, as in real lists.
    """
    given, last = words(draw, 4_000), words(draw, 100_000)
    names: list[str] = []
    schemas: list[str] = []
    for _ in range(n):
        kind = draw.random()
        schemas.append("Person" if kind < 0.7 else "Company")
        if kind < 0.5:
            parts = [given[int(len(given) * draw.random() ** 2)] for _ in range(draw.choice((1, 1, 2)))]
            names.append(" ".join([*parts, last[int(len(last) * draw.random() ** 3)]]).title())
        elif kind < 0.7:
            names.append(draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2)))))
        elif kind < 0.9:
            parts = [last[int(len(last) * draw.random() ** 2)] for _ in range(draw.choice((1, 2)))]
            names.append(" ".join([*parts, draw.choice(LATIN_TRADES), draw.choice(LATIN_FORMS)]).title().strip())
        else:
            trade_name = "".join(draw.choices(TRADE_NAMES, k=draw.choice((2, 2, 3))))
            names.append(draw.choice(PLACES) + trade_name + draw.choice(TRADES) + draw.choice(FORMS))
    return names, schemas


def asked_as(draw: random.Random, name: str) -> str:
    """A Latin name with one letter dropped, doubled or changed, at times in another order; a Chinese one as it is."""
    if not name.isascii():
        return name
    i = draw.randrange(1, len(name) - 1)
    made = draw.choice((name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + "e" + name[i + 1 :]))
    return " ".join(reversed(made.split())) if draw.random() < 0.2 else made


class Exhaustive:
    """Compares a name with every entry of one kind.

    Args:
        names: The entries of this kind.
        company: Whether they are companies.
    """

    def __init__(self, names: list[str], company: bool) -> None:
        self.company = company
        self.han = Counter(name for name in names if has_han(name))
        self.latin = sorted(name for name in names if not has_han(name))
        numbers = [prepared.__wrapped__(name, company) for name in self.latin]
        self.flat = np.concatenate(numbers)
        self.start = np.concatenate([[0], np.cumsum([len(n) for n in numbers])])

    def best(self, asked: str, most: int = 10) -> list[float]:
        """The best scores above 0, in falling order."""
        schema = "Company" if self.company else "Person"
        names = list(self.han)
        found = scores([(asked, name) for name in names], [schema] * len(names))
        every = np.repeat(found, [self.han[name] for name in names])
        if has_han(asked):
            also = scores([(asked, name) for name in self.latin], [schema] * len(self.latin))
        else:
            also = self._aligned(asked)
        top = np.sort(np.concatenate([every, also]))[::-1][:most]
        return [round(float(score), 9) for score in top if score > 0]

    def _aligned(self, asked: str) -> NDArray[np.float64]:
        """The matcher's scores of all names in Latin letters; the smaller of two names first, as it takes them."""
        own = prepared(asked, self.company)
        split = int(np.searchsorted(np.array(self.latin, object), asked))
        out = np.zeros(len(self.latin))
        rooms = (self.company, *word_arrays(self.company), *new_board().arrays())
        for begin, end, first in ((0, split, False), (split, len(out), True)):
            tiled, at = np.tile(own, end - begin), np.arange(end - begin + 1) * len(own)
            theirs = self.flat, self.start[begin : end + 1]
            sides = (tiled, at, *theirs) if first else (*theirs, tiled, at)
            part = np.zeros(end - begin)
            alignment.align_many(*sides, *rooms, part)
            out[begin:end] = part
        if not self.company and _syllables().fullmatch("".join(fold(asked)) * 2):
            out = np.maximum(out, [old_romanization(*sorted((asked, name))) for name in self.latin])
        return out


@cache
def _syllables() -> re.Pattern[str]:
    """Runs of Wade-Giles or Pinyin syllables; another name is never raised by the older romanization."""
    table = pinyin_of_wade_giles()
    every = set(table) | {read for reads in table.values() for read in reads}
    return re.compile("(?:" + "|".join(sorted(every)) + ")+")


def shared(found: list[float], best: list[float]) -> int:
    """How many of the best scores the search has; among equal scores any entry will do."""
    return sum((Counter(round(score, 9) for score in found) & Counter(best)).values())


_STATE: dict[str, tuple[Exhaustive, Exhaustive]] = {}


def rank(question: tuple[str, str]) -> list[float]:
    """The ten best scores of an exhaustive comparison."""
    name, schema = question
    return _STATE["every"][schema == "Company"].best(name)


def kind_of(question: tuple[str, str]) -> str:
    """Script and kind of bearer, as the table names it."""
    return f"{'Chinese' if has_han(question[0]) else 'Latin'} {question[1].lower()}"


def measure(index: NameIndex, questions: list[tuple[str, str]]) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds by the clock and of the processor, by kind; a first search of each kind is left out."""
    took: dict[str, list[tuple[float, float]]] = {}
    for question in questions:
        if kind_of(question) not in took:
            index.search(*question)
        begun, worked = time.perf_counter(), time.process_time()
        index.search(*question)
        spent = 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)
        took.setdefault(kind_of(question), []).append(spent)
    return took


def row(kind: str, spent: list[tuple[float, float]]) -> str:
    """One line of the table of times."""
    parts = [f"{kind:16} {len(spent):4} searches"]
    for name, values in zip(("clock", "processor"), zip(*spent, strict=True), strict=True):
        slow = sorted(values)[int(0.95 * (len(values) - 1))]
        parts.append(f"{name}: median {statistics.median(values):5.1f} ms, 95 % {slow:6.1f} ms")
    return "   ".join(parts)


def main() -> None:
    """Build, search, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--exhaustive", type=int, default=60)
    options = parser.parse_args()
    draw = random.Random(20261126)
    names, schemas = listed(draw, options.entries)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    index = build_index(names, schemas)
    print(f"entries {len(names)}, index built in {time.perf_counter() - begun:.0f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory {peak / 1024:.0f} MiB at most while building, of which {before / 1024:.0f} MiB the names themselves")
    places = [draw.randrange(len(names)) for _ in range(options.searches)]
    questions = [(asked_as(draw, names[i]), schemas[i]) for i in places]
    took = measure(index, questions)
    for kind, values in sorted(took.items()):
        print(row(kind, values))
    print(row("all", [value for values in took.values() for value in values]))
    sys.stdout.flush()
    some = questions[: options.exhaustive]
    groups = [[n for n, s in zip(names, schemas, strict=True) if s == kind] for kind in ("Person", "Company")]
    _STATE["every"] = (Exhaustive(groups[0], False), Exhaustive(groups[1], True))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        best = pool.map(rank, some, chunksize=1)
    hits: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    likely = [0, 0]
    for question, top in zip(some, best, strict=True):
        found = [hit.score for hit in index.search(*question)]
        for kind in (kind_of(question), "all"):
            hits[kind] += shared(found, top)
            wanted[kind] += len(top)
        high = [score for score in top if score >= 0.6]
        likely[0] += shared(found, high)
        likely[1] += len(high)
    print(f"recall of the ten best of exhaustive comparison, whatever their score, {len(some)} names")
    for kind in sorted(wanted, key=lambda kind: (kind == "all", kind)):
        print(f"{kind:16} {hits[kind]:4} of {wanted[kind]:4} = {hits[kind] / wanted[kind]:.4f}")
    print(f"of those with a score of 0.6 or more: {likely[0]} of {likely[1]} = {likely[0] / likely[1]:.4f}")


if __name__ == "__main__":
    main()
