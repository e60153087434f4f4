"""Official data as a panel: fetched into the cache of the user, read, and written as Parquet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.industries import IndustryPanel, official, write_industries
from guanzi.jobs.shared.results import refusing
from guanzi.jobs.shared.run import USUAL, Run

PROVIDERS = ("qcew", "eurostat", "worldbank", "baci", "harvard")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        provider: One of :data:`PROVIDERS`.
        what: Years of QCEW, a dataset of Eurostat, indicators of the World Bank, a release of BACI and years, a file of
            Harvard.
        out: Parquet file to write.
        where: What other dimensions of a Eurostat table must be, ``DIMENSION=CODE`` each.
        digits: Of the industries, or of the regions of Eurostat; None: four.
        folder: Cache; None: that of the user.
        sha256: What the hash of a single file must be; None: whatever comes.
        run: Its watch is told of bytes.
    """

    provider: str
    what: tuple[str, ...]
    out: Path
    where: tuple[str, ...] = ()
    digits: int | None = None
    folder: Path | None = None
    sha256: str | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """The files that were fetched, by name, the panel of them, and where it was written."""

    fetched: tuple[tuple[str, official.Fetched], ...]
    panel: IndustryPanel
    out: Path


def fetch(request: Request) -> Result:
    """Fetch what is asked for, and write it as a panel.

    Raises:
        InvalidInput: There is no such provider, no network, another hash, or a file that is not of its format.
    """
    if request.provider not in PROVIDERS:
        near = nearest(request.provider, PROVIDERS)
        fix = Message.of("panels.near", near=near) if near else _providers()
        cause = Message.of("desk.fetch.provider", provider=request.provider)
        raise InvalidInput(Problem(cause, Place("PROVIDER"), fix, excerpt=request.provider))
    cache = request.folder or official.cache_folder()
    came: list[tuple[str, official.Fetched]] = []

    def get(address: str, name: str) -> Path:
        with ExitStack() as watched:
            told: list[Callable[[int], None]] = []

            def advance(bytes_: int, total: int) -> None:
                if not told:  # how much there is to come is known with the first bytes
                    watch = request.run.watch(Message.of("desk.progress.bytes", file=name), total)
                    told.append(watched.enter_context(watch))
                told[0](bytes_)

            came.append((name, official.fetch(address, cache, name, request.sha256, advance)))
        return came[-1][1].path

    panel = _read(request, get)
    with refusing(request.out.parent):
        request.out.parent.mkdir(parents=True, exist_ok=True)
        write_industries(panel, request.out)
    return Result(tuple(came), panel, request.out)


def data(result: Result) -> dict[str, Any]:
    """The files with address and hash, and the shape of the panel."""
    panel = result.panel
    return {
        "files": [
            {"name": name, "address": found.address, "sha256": found.sha256, "cached": found.cached}
            for name, found in result.fetched
        ],
        "regions": len(panel.regions),
        "industries": len(panel.industries),
        "years": list(panel.years),
        "cells": panel.cells,
        "measures": [str(measure) for measure in panel.measures],
    }


def _read(request: Request, get: Callable[[str, str], Path]) -> IndustryPanel:
    what, digits = request.what, request.digits or 4
    if request.provider == "qcew":
        paths = [get(official.qcew.address(_number(year)), f"qcew-{year}.zip") for year in what]
        return official.read_qcew(paths, digits)
    if request.provider == "eurostat":
        chosen = _chosen(request.where)
        path = get(official.eurostat.address(what[0]), f"eurostat-{what[0]}.tsv.gz")
        return official.read_eurostat(path, where=chosen, digits=digits)
    if request.provider == "worldbank":
        countries = get(official.worldbank.COUNTRIES, "worldbank-countries.json")
        paths = [get(official.worldbank.address(one), f"worldbank-{one}.json") for one in what]
        return official.read_world_bank(paths, countries)
    if request.provider == "baci":
        years = [_number(year) for year in what[1:]]
        return official.read_baci(get(official.baci_address(what[0]), f"baci-{what[0]}.zip"), years, digits)
    return official.read_harvard(get(official.harvard_address(_number(what[0])), f"harvard-{what[0]}.csv"))


def _chosen(where: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in where]
    wrong = [one for one, (name, _, code) in zip(where, pairs, strict=True) if not (name.strip() and code.strip())]
    if wrong:
        fix = Message.of("desk.fetch.where.mend")
        raise InvalidInput(
            [Problem(Message.of("desk.fetch.where", text=one), Place("--where"), fix, excerpt=one) for one in wrong]
        )
    return {name.strip(): code.strip() for name, _, code in pairs}


def _number(text: str) -> int:
    if not text.isdigit():
        cause, fix = Message.of("desk.fetch.number", text=text), Message.of("desk.fetch.number.mend")
        raise InvalidInput(Problem(cause, Place("WHAT"), fix, excerpt=text))
    return int(text)


def _providers() -> Message:
    return Message.of("desk.fetch.provider.mend", providers=PROVIDERS)
