"""Laboratories and universities matched with the links of a chain, by classification codes and by words, offline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from guanzi.intake.chains import ChainStatement, ChainView
from guanzi.study.chains.grades import LinkGrade, grade_links

WORDS = 0.15
"""Least likeness of words that counts without a code in common: a judgement, below it single words meet by chance."""


@dataclass(frozen=True, slots=True)
class LaboratoryMatch:
    """A laboratory that works on what a link of the chain needs.

    Attributes:
        laboratory: The statement about it.
        component: The link.
        grade: How the place has that link.
        codes: The codes of the laboratory that meet those of the link, the longest first.
        depth: Characters that the longest common code has, without spaces: 4 is a subclass of the patent
            classification (``H01M``), more is a group of it.
        likeness: Cosine of their words, weighted by how rare each is in the chain.
        founders: Firms that founded it together with the institution.
    """

    laboratory: ChainStatement
    component: str
    grade: LinkGrade
    codes: tuple[str, ...]
    depth: int
    likeness: float
    founders: tuple[str, ...]


def match_laboratories(view: ChainView, places: Iterable[str]) -> tuple[LaboratoryMatch, ...]:
    """Laboratories of a place and the links, or their technologies, that they fit: gaps first, then the deepest."""
    region = frozenset(places)
    links = grade_links(view, region)
    technologies: dict[str, list[ChainStatement]] = {}
    for technology in view.of_kind("technology"):
        technologies.setdefault(technology.of, []).append(technology)
    documents = {
        id: _grams(" ".join([f"{c.name} {c.name.zh} {c.note}", *(_text_of(t) for t in technologies.get(id, ()))]))
        for id, c in view.components.items()
    }
    asked = {
        id: (*c.codes, *(code for t in technologies.get(id, ()) for code in t.codes))
        for id, c in view.components.items()
    }
    rarity = _rarity(documents.values())
    found = []
    for laboratory in view.of_kind("laboratory"):
        if laboratory.at not in region:
            continue
        text = _grams(_text_of(laboratory))
        for id in view.components:
            if id == view.root:
                continue
            common = [(_common(a, b), a) for a in laboratory.codes for b in asked[id]]
            fitting = sorted({(depth, code) for depth, code in common if depth >= 4}, reverse=True)
            likeness = _cosine(text, documents[id], rarity)
            if not fitting and likeness < WORDS:
                continue
            codes = tuple(dict.fromkeys(code for _, code in fitting))
            depth = fitting[0][0] if fitting else 0
            found.append(LaboratoryMatch(laboratory, id, links[id].grade, codes, depth, likeness, laboratory.to))
    order = {"missing": 0, "no_evidence": 1, "planned": 2, "present": 3}
    return tuple(sorted(found, key=lambda m: (order[m.grade], -m.depth, -m.likeness, m.component, m.laboratory.id)))


def _text_of(statement: ChainStatement) -> str:
    return f"{statement.name} {statement.name.zh} {statement.note}"


def _common(left: str, right: str) -> int:
    """Length of what two codes share at their start, if one contains the other; else nought.

    A laboratory under ``H01M`` fits a link under ``H01M 10``; ``H01M 10`` and ``H01M 50`` share only their subclass,
    which is four characters.
    """
    a, b = (re.sub(r"\s+", "", code).upper() for code in (left, right))
    length = 0
    while length < min(len(a), len(b)) and a[length] == b[length]:
        length += 1
    return length if length in (len(a), len(b)) or length >= 4 else 0


def _grams(text: str) -> Counter[str]:
    """Words of Latin script, and pairs of Chinese characters."""
    found: Counter[str] = Counter(re.findall(r"[a-z]{3,}", text.casefold()))
    for run in re.findall(r"[\u4e00-\u9fff]+", text):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found


def _rarity(documents: Iterable[Counter[str]]) -> Mapping[str, float]:
    texts = list(documents)
    seen = Counter(gram for text in texts for gram in text)
    return {gram: log((1 + len(texts)) / (1 + n)) + 1 for gram, n in seen.items()}


def _cosine(left: Counter[str], right: Counter[str], rarity: Mapping[str, float]) -> float:
    def length(grams: Counter[str]) -> float:
        return sqrt(sum((n * rarity.get(gram, 1.0)) ** 2 for gram, n in grams.items()))

    product = sum(n * right[gram] * rarity.get(gram, 1.0) ** 2 for gram, n in left.items() if gram in right)
    return product / (length(left) * length(right)) if product else 0.0
