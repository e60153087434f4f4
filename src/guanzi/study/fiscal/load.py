"""Reading the shipped data of this package, or files in the same format. All problems of a file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ValidationError

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.study.fiscal.schema import DisplacementData, EffectsData, Tax, TaxSharing

type Found = tuple[tuple[str | int, ...], Message]
"""Where in the data, and what is wrong."""

_DISPLACEMENT, _EFFECTS = "displacement.yaml", "effects.yaml"


def countries() -> tuple[str, ...]:
    """Codes of the countries whose division of taxes is shipped, in alphabetical order."""
    names = (entry.name for entry in files("guanzi.library").joinpath("fiscal").iterdir())
    of_countries = (n for n in names if n.endswith(".yaml") and n not in (_DISPLACEMENT, _EFFECTS))
    return tuple(sorted(n.removesuffix(".yaml").upper() for n in of_countries))


@cache
def load_tax_sharing(country: str) -> TaxSharing:
    """The division of taxes of a country.

    Args:
        country: ISO 3166 code, e.g. ``CN``.

    Raises:
        InvalidInput: There are no data for this country.
    """
    if country.upper() not in countries():
        cause = Message.of("fiscal.error.country", country=country)
        fix = Message.of("fiscal.error.country.mend", countries=countries())
        raise InvalidInput(Problem(cause, Place(country), fix))
    file = f"{country.lower()}.yaml"
    return parse_tax_sharing(_shipped(file), file)


@cache
def load_displacement() -> DisplacementData:
    """What is known of displacement."""
    return parse_displacement(_shipped(_DISPLACEMENT), _DISPLACEMENT)


@cache
def load_effects() -> EffectsData:
    """What is known of wages, multipliers, and tax on activity."""
    return parse_effects(_shipped(_EFFECTS), _EFFECTS)


def parse_tax_sharing(text: str, file: str) -> TaxSharing:
    """Read a division of taxes from its text; ``file`` is how errors call it. Raises :class:`InvalidInput`."""
    return _parse(TaxSharing, text, file, _sharing_problems)


def parse_displacement(text: str, file: str) -> DisplacementData:
    """Read data on displacement from their text. Raises :class:`InvalidInput`."""
    return _parse(DisplacementData, text, file, _displacement_problems)


def parse_effects(text: str, file: str) -> EffectsData:
    """Read data on local effects from their text. Raises :class:`InvalidInput`."""
    return _parse(EffectsData, text, file, _effects_problems)


def _shipped(file: str) -> str:
    return files("guanzi.library").joinpath("fiscal", file).read_text("utf-8")


def _parse[D: BaseModel](model: type[D], text: str, file: str, check: Callable[[D], Iterator[Found]]) -> D:
    document = parse_yaml(TextFile(file, text, tuple(text.splitlines())))
    try:
        data = model.model_validate(document.data)
    except ValidationError as error:
        found: list[Found] = [
            (e["loc"], Message.of("fiscal.error.field", reason=str(e["msg"]))) for e in error.errors()
        ]
        raise InvalidInput(_problems(document, found)) from error
    if inconsistent := list(check(data)):
        raise InvalidInput(_problems(document, inconsistent))
    return data


def _problems(document: YamlDocument, found: Sequence[Found]) -> list[Problem]:
    return sorted((document.problem(path, cause) for path, cause in found), key=lambda p: p.place)


def _sharing_problems(data: TaxSharing) -> Iterator[Found]:
    sources = {source.id for source in data.sources}
    yield from _doubles("sources", [source.id for source in data.sources])
    yield from _doubles("taxes", [tax.id for tax in data.taxes])
    for i, tax in enumerate(data.taxes):
        if tax.absent is not None and tax.absent not in sources:
            yield ("taxes", i, "absent"), Message.of("fiscal.error.source", source=tax.absent)
        cited = [("rules", j, rule.source) for j, rule in enumerate(tax.rules)]
        cited += [("rates", j, rate.source) for j, rate in enumerate(tax.rates) if rate.source is not None]
        for field, j, source in cited:
            if source not in sources:
                yield ("taxes", i, field, j, "source"), Message.of("fiscal.error.source", source=source)
        yield from _tax_problems(i, tax)
        for j, (earlier, later) in enumerate(pairwise(tax.rules), start=1):
            if not earlier.since < later.since:
                yield ("taxes", i, "rules", j, "since"), Message.of("fiscal.error.order", tax=tax.id)
    for i, local in enumerate(data.local_rules):
        if local.source not in sources:
            yield ("local_rules", i, "source"), Message.of("fiscal.error.source", source=local.source)
        rule_above = data.rule(local.tax, local.since, max(local.known_on, local.since))
        if rule_above is None:
            yield ("local_rules", i, "tax"), Message.of("fiscal.error.no_rule", tax=local.tax)
        elif local.province > rule_above.local + 1e-9:
            cause = Message.of("fiscal.error.above_local", province=local.province, local=rule_above.local)
            yield ("local_rules", i, "province"), cause


def _tax_problems(i: int, tax: Tax) -> Iterator[Found]:
    if (tax.absent is None) == (not tax.rules):
        yield ("taxes", i, "rules"), Message.of("fiscal.error.rules", tax=tax.id)
    for j, rule in enumerate(tax.rules):
        if rule.national + (rule.state or 0.0) > 1 + 1e-9:
            yield ("taxes", i, "rules", j, "state"), Message.of("fiscal.error.whole", tax=tax.id)
        for level, (low, high) in rule.one.items():
            if not 0 <= low <= high <= 1:
                yield ("taxes", i, "rules", j, "one", level), Message.of("fiscal.error.ascend")
    for j, rate in enumerate(tax.rates):
        if not rate.low <= rate.mode <= rate.high:
            yield ("taxes", i, "rates", j, "mode"), Message.of("fiscal.error.ascend")
        if (rate.source is None) != (rate.known_on is None):
            yield ("taxes", i, "rates", j, "known_on"), Message.of("fiscal.error.undated", tax=tax.id)


def _displacement_problems(data: DisplacementData) -> Iterator[Found]:
    sources = {source.id for source in data.sources}
    yield from _doubles("sources", [source.id for source in data.sources])
    for i, prior in enumerate(data.priors):
        if not prior.low <= prior.mode <= prior.high:
            yield ("priors", i, "mode"), Message.of("fiscal.error.ascend")
        for j, source in enumerate(prior.sources):
            if source not in sources:
                yield ("priors", i, "sources", j), Message.of("fiscal.error.source", source=source)


def _effects_problems(data: EffectsData) -> Iterator[Found]:
    sources = {source.id for source in data.sources}
    yield from _doubles("sources", [source.id for source in data.sources])
    held = [(judgement.id, judgement.country) for judgement in data.judgements]
    for i, (id, country) in enumerate(held):
        if (id, country) in held[:i]:
            yield ("judgements", i, "id"), Message.of("fiscal.error.double", id=id)
    for i, wage in enumerate(data.wages):
        if wage.source not in sources:
            yield ("wages", i, "source"), Message.of("fiscal.error.source", source=wage.source)
    for part, spreads in (("multipliers", data.multipliers), ("judgements", data.judgements)):
        for i, spread in enumerate(spreads):
            if not (spread.low <= spread.mode <= spread.high and spread.low < spread.high):
                yield (part, i, "mode"), Message.of("fiscal.error.ascend")
            for j, source in enumerate(spread.sources):
                if source not in sources:
                    yield (part, i, "sources", j), Message.of("fiscal.error.source", source=source)


def _doubles(field: str, ids: Sequence[Any]) -> Iterator[Found]:
    for i, id in enumerate(ids):
        if id in ids[:i]:
            yield (field, i, "id"), Message.of("fiscal.error.double", id=id)
