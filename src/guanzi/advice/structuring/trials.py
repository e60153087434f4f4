"""Trials of a search: variants of a draft on the same draws, with constants exchanged instead of programs composed.

A variant is a text: passages of the draft are replaced, and what comes out is read like any term sheet. Most terms are
numbers that reach the program as constants, each a linear function of the term. The draft is composed once at the other
end of each range; then every variant is a vector of constants. Whether that is so is checked at the far corner of the
box, against the program that its text gives; where it is not, variants are composed one by one. Days, words and numbers
that shape the program, such as counts of years, have a program of their own for each combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from math import prod

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.structuring.figures import TextPassage, redrafted, written
from guanzi.advice.structuring.free import FreeTerm
from guanzi.advice.structuring.measures import MEASURES, Draws, Estimate, Floats, Measure, outputs_for
from guanzi.advice.structuring.setting import DealSetting
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import YamlDocument
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.engine.machine import Assembled, with_values
from guanzi.engine.simulation import Sampler, Variants

MOST_PROGRAMS = 64
"""Combinations of days and words that may be free at once; each takes a second or two to assemble."""
CLOSE = 1e-7
MOST_BYTES = 1 << 28
"""Bytes in which a sample keeps what no free term reaches, so that it is not computed for every variant."""
AT_ONCE = 4
"""Variants that are run together; each takes ten megabytes for a hundred thousand paths."""
LEAST = 4096
"""A beginning of a sample has at least so many paths: of fewer, an error says little."""

type Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The deal that is to be bettered: its text, how it is simulated, and what is free."""

    document: YamlDocument
    setting: DealSetting
    terms: tuple[FreeTerm, ...]

    @property
    def key(self) -> Key:
        """The draft itself among its variants."""
        return tuple(term.draft for term in self.terms)

    def text(self, key: Key) -> YamlDocument:
        """The text of a variant; what does not change stays as it is written.

        Raises:
            InvalidInput: What comes out is no YAML.
        """
        changes = [
            change
            for term, i in zip(self.terms, key, strict=True)
            if i != term.draft
            for change in written(term.figure, term.options[i])
        ]
        return redrafted(self.document, changes)

    def sheet(self, key: Key) -> TermSheet:
        """A variant as a term sheet.

        Raises:
            InvalidInput: It is none.
        """
        return parse_sheet(self.text(key))


@dataclass(frozen=True, slots=True)
class Trial:
    """What a variant is worth: each measure with its error, and its paired difference from the draft."""

    key: Key
    levels: dict[str, Estimate]
    gains: dict[str, Estimate]

    @property
    def means(self) -> dict[str, float]:
        """The mean of each measure."""
        return {id: level.mean for id, level in self.levels.items()}


@dataclass(slots=True)
class _Family:
    """Variants that share one program: it at the draft's numbers, and by how much a unit of each term moves it."""

    program: Assembled
    slopes: dict[int, Floats] | None = None


class Programs:
    """The programs of all variants of a draft, whatever draws they run on.

    Args:
        draft: The draft with its free terms.
        measures: What is measured of the variants; what none of them needs is not computed.

    Raises:
        InvalidInput: The draft cannot be simulated, two free terms are one passage, or too many days and words are
            free.
    """

    def __init__(self, draft: Draft, measures: tuple[Measure, ...] = MEASURES) -> None:
        check_apart(draft.terms)
        self.draft, self.outputs = draft, outputs_for(measures)
        self._sampler = Sampler(self.outputs, paths=1, seed=0)
        self._composed: dict[Key, Assembled] = {}
        self._families: dict[Key, _Family | None] = {}
        self._shaping = self._find_shaping()

    def program(self, key: Key) -> Assembled | None:
        """The program of a variant; None where it is no valid term sheet."""
        shape = self._shape(key)
        if shape not in self._families:
            self._families[shape] = self._family(shape)
        family = self._families[shape]
        if family is None:
            return None
        if family.slopes is None:
            return self._tried(key)
        return with_values(family.program, self._moved(family.program, family.slopes, key))

    def varying(self, key: Key) -> tuple[Key, NDArray[np.bool_] | None]:
        """Which variants share the program of one, and which of its constants differ between them; None: all may."""
        shape = self._shape(key)
        family = self._families.get(shape)
        if family is None or family.slopes is None:
            return shape, None
        moves = [slope != 0.0 for slope in family.slopes.values()]
        return shape, np.logical_or.reduce([np.zeros(len(family.program.constants), np.bool_), *moves])

    def compose_text(self, key: Key) -> Assembled:
        """The program of a variant from its text.

        Raises:
            InvalidInput: It is no valid term sheet.
        """
        if key not in self._composed:
            setting = self.draft.setting
            self._composed[key] = self._sampler.program(self.draft.sheet(key), setting.model, setting.policy)
        return self._composed[key]

    def _tried(self, key: Key) -> Assembled | None:
        try:
            return self.compose_text(key)
        except InvalidInput:
            return None

    def _shape(self, key: Key) -> Key:
        """The variant with the draft's numbers."""
        terms = self.draft.terms
        return tuple(i if n in self._shaping else terms[n].draft for n, i in enumerate(key))

    def _moved(self, program: Assembled, slopes: dict[int, Floats], key: Key) -> Floats:
        values = program.constants.copy()
        for n, slope in slopes.items():
            if key[n] != self.draft.terms[n].draft:
                values += slope * self._distance(n, key[n])
        return values

    def _distance(self, n: int, i: int) -> float:
        """How far a value of a term is from the draft's."""
        term = self.draft.terms[n]
        there, here = term.options[i], term.options[term.draft]
        assert isinstance(there, float)
        assert isinstance(here, float)
        return there - here

    def _far(self, n: int) -> int:
        """The end of a range that is farther from the draft."""
        return max((0, len(self.draft.terms[n].options) - 1), key=lambda i: abs(self._distance(n, i)))

    def _find_shaping(self) -> frozenset[int]:
        """Terms that change the program itself."""
        terms, base = self.draft.terms, self.compose_text(self.draft.key)
        shaping = {n for n, t in enumerate(terms) if t.figure.kind in ("day", "words")}
        for n in range(len(terms)):
            if n not in shaping:
                there = self._tried(moved(self.draft.key, n, self._far(n)))
                if there is not None and there.structure != base.structure:
                    shaping.add(n)
        count = prod(len(terms[n].options) for n in shaping)
        if count > MOST_PROGRAMS:
            names = tuple(terms[n].figure.address for n in sorted(shaping))
            cause = Message.of("structuring.search.programs", count=count, most=MOST_PROGRAMS, addresses=names)
            raise InvalidInput(Problem(cause, Place("--free"), Message.of("structuring.search.programs.mend")))
        return frozenset(shaping)

    def _family(self, shape: Key) -> _Family | None:
        program = self._tried(shape)
        if program is None:
            return None
        slopes: dict[int, Floats] = {}
        corner = shape
        for n in range(len(self.draft.terms)):
            if n in self._shaping:
                continue
            far = self._far(n)
            there = self._tried(moved(shape, n, far))
            if there is None or there.structure != program.structure:
                return _Family(program)
            slopes[n] = (there.constants - program.constants) / self._distance(n, far)
            corner = moved(corner, n, far)
        there = self._tried(corner)
        if there is None or there.structure != program.structure:
            return _Family(program)
        fits = np.allclose(self._moved(program, slopes, corner), there.constants, rtol=CLOSE, atol=CLOSE)
        return _Family(program, slopes if fits else None)


class Trials:
    """Evaluates variants on one sample of draws; each at most once.

    Args:
        programs: The variants.
        measures: What is measured of each.
        paths: Number of paths of the sample.
        seed: Key of the random numbers, the same for all variants.
        threads: Number of threads; it does not change the result.
        progress: Called once per evaluation.
        room: Bytes in which what no free term reaches is kept.

    Attributes:
        done: Variants that were evaluated; None for those that are no valid term sheet.
        own: The draft.
        own_arrays: One number per path of each of its measures.
    """

    def __init__(
        self,
        programs: Programs,
        measures: tuple[Measure, ...],
        *,
        paths: int,
        seed: int,
        threads: int | None = None,
        progress: Callable[[int], None] | None = None,
        room: int = MOST_BYTES,
    ) -> None:
        self.programs, self.draft, self.measures, self.progress = programs, programs.draft, measures, progress
        self._sampler = Sampler(programs.outputs, paths=paths, seed=seed, threads=threads)
        self.done: dict[Key, Trial | None] = {}
        self._variants: dict[Key, Variants] = {}
        self._room = room
        own = self.arrays(self.draft.key)
        assert own is not None
        self.own_arrays = own
        self.own = self._trial(self.draft.key, own)
        self.done[self.draft.key] = self.own

    def trial(self, key: Key) -> Trial | None:
        """What a variant is worth; None where it is no valid term sheet."""
        if key not in self.done:
            arrays = self.arrays(key)
            self.done[key] = None if arrays is None else self._trial(key, arrays)
            if self.progress is not None:
                self.progress(1)
        return self.done[key]

    @property
    def paths(self) -> int:
        """Number of paths of the sample."""
        return self._sampler.paths

    def beginning(self, parts: int, least: int = LEAST, room: int = MOST_BYTES) -> Trials:
        """The same variants on the first paths of the sample: one of so many parts, and all where that would be few."""
        paths = max(self.paths // parts, least)
        if paths >= self.paths:
            return self
        own = self._sampler
        return Trials(self.programs, self.measures, paths=paths, seed=own.seed, threads=own.threads, room=room)

    @property
    def valid(self) -> tuple[Trial, ...]:
        """Variants that are term sheets, in the order in which they were seen."""
        return tuple(t for t in self.done.values() if t is not None)

    def arrays(self, key: Key) -> dict[str, Floats] | None:
        """One number per path of each measure; None where the variant is no valid term sheet."""
        return dict(self.arrays_of((key,))).get(key)

    def arrays_of(self, keys: Iterable[Key]) -> Iterator[tuple[Key, dict[str, Floats]]]:
        """One number per path of each measure, for every variant that is a valid term sheet.

        Several at once are quicker than one by one: they share what no free term reaches.
        """
        alike: dict[Key, list[tuple[Key, Assembled]]] = {}
        for key in keys:
            program = self.programs.program(key)
            if program is not None:
                alike.setdefault(self.programs.varying(key)[0], []).append((key, program))
        for group in alike.values():
            for some in batched(group, AT_ONCE):
                for (key, _), draws in zip(some, self._draws_of(some), strict=True):
                    yield key, self._measure(draws)

    def draws(self, key: Key) -> Draws | None:
        """Outputs of each path; None where the variant is no valid term sheet."""
        program = self.programs.program(key)
        return None if program is None else next(self._draws_of(((key, program),)))

    def _draws_of(self, alike: Sequence[tuple[Key, Assembled]]) -> Iterator[Draws]:
        """Outputs of each path, of variants of one shape."""
        key, program = alike[0]
        shape, varying = self.programs.varying(key)
        if varying is None:
            yield from (self._sampler.run(each) for _, each in alike)
            return
        if shape not in self._variants:
            self._variants[shape] = made = Variants(self._sampler, program, varying, self._room)
            self._room -= made.held
        yield from self._variants[shape].run_all([each for _, each in alike])

    def _measure(self, draws: Draws) -> dict[str, Floats]:
        return {m.id: m.of(draws, self.draft.setting.per_year) for m in self.measures}

    def _trial(self, key: Key, arrays: dict[str, Floats]) -> Trial:
        levels = {name: Estimate.of(x) for name, x in arrays.items()}
        gains = {name: Estimate.of(x - self.own_arrays[name]) for name, x in arrays.items()}
        return Trial(key, levels, gains)


def moved(key: Key, n: int, i: int) -> Key:
    """A variant with one term at another of its values."""
    return (*key[:n], i, *key[n + 1 :])


def check_apart(terms: Sequence[FreeTerm]) -> None:
    """Two free terms may not be the same passage of the text.

    Raises:
        InvalidInput: They are, as a share and one holder's part of it.
    """
    taken: list[tuple[TextPassage, str]] = []
    for term in terms:
        for part in term.figure.parts:
            for other, address in taken:
                if address != term.figure.address and part.start < other.end and other.start < part.end:
                    cause = Message.of("structuring.search.overlap", a=address, b=term.figure.address)
                    raise InvalidInput(Problem(cause, Place("--free"), Message.of("structuring.search.overlap.mend")))
            taken.append((part, term.figure.address))
