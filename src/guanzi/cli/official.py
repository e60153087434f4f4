"""Official data as a panel: fetched into the cache of the user, read, and written as Parquet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, format_problems, nearest, wrap
from guanzi.cli.speech import say
from guanzi.desk import results
from guanzi.intake.industries import IndustryPanel, official, write_industries

PROVIDERS = ("qcew", "eurostat", "worldbank", "baci", "harvard")
WIDTH = 100


def fetch_panel(
    provider: str,
    what: list[str],
    out: Path,
    where: list[str],
    digits: int | None,
    folder: Path | None,
    sha256: str | None,
    lang: str,
) -> None:
    """Fetch what is asked for, and write it as a panel.

    Args:
        provider: One of ``PROVIDERS``.
        what: Years of QCEW, a dataset of Eurostat, indicators of the World Bank, a release of BACI, a file of Harvard.
        out: Parquet file to write.
        where: What other dimensions of a Eurostat table must be.
        digits: Of the industries, or of the regions of Eurostat.
        folder: Cache; None: that of the user.
        sha256: What the hash of a single file must be.
        lang: Language.
    """
    if provider not in PROVIDERS:
        near = nearest(provider, PROVIDERS)
        cause, mend = (
            Message.of("cli.fetch.provider", provider=provider),
            Message.of("cli.fetch.provider.mend", providers=PROVIDERS),
        )
        raise InvalidInput(Problem(cause, Place("PROVIDER"), Message.of("panels.near", near=near) if near else mend))
    cache = folder or official.cache_folder()

    def get(address: str, name: str) -> Path:
        with Progress(Message.of("cli.progress.bytes", file=name), 1, lang=lang) as progress:

            def advance(came: int, total: int) -> None:
                progress.total = max(total, progress.done + came)
                progress.advance(came)

            found = official.fetch(address, cache, name, sha256, advance)
        told = "cli.fetch.cached" if found.cached else "cli.fetch.fetched"
        print("\n".join(wrap(say(told, lang, file=name, address=address, sha256=found.sha256), WIDTH)))
        return found.path

    panel = _read(provider, what, where, digits, get)
    with results.refusing(out.parent):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_industries(panel, out)
    shape = {"regions": len(panel.regions), "industries": len(panel.industries), "cells": panel.cells}
    print(
        "\n".join(wrap(say("cli.fetch.written", lang, file=str(out), measures=tuple(panel.measures), **shape), WIDTH))
    )
    if panel.findings:
        print(format_problems(panel.findings, lang))


def _read(
    provider: str, what: list[str], where: list[str], digits: int | None, get: Callable[[str, str], Path]
) -> IndustryPanel:
    if provider == "qcew":
        paths = [get(official.qcew.address(_number(year)), f"qcew-{year}.zip") for year in what]
        return official.read_qcew(paths, digits or 4)
    if provider == "eurostat":
        chosen = dict(one.split("=", 1) for one in where if "=" in one)
        path = get(official.eurostat.address(what[0]), f"eurostat-{what[0]}.tsv.gz")
        return official.read_eurostat(path, where=chosen, digits=digits or 4)
    if provider == "worldbank":
        countries = get(official.worldbank.COUNTRIES, "worldbank-countries.json")
        paths = [get(official.worldbank.address(one), f"worldbank-{one}.json") for one in what]
        return official.read_world_bank(paths, countries)
    if provider == "baci":
        years = [_number(year) for year in what[1:]]
        return official.read_baci(get(official.baci_address(what[0]), f"baci-{what[0]}.zip"), years, digits or 4)
    return official.read_harvard(get(official.harvard_address(_number(what[0])), f"harvard-{what[0]}.csv"))


def _number(text: str) -> int:
    if not text.isdigit():
        cause, mend = Message.of("cli.fetch.number", text=text), Message.of("cli.fetch.number.mend")
        raise InvalidInput(Problem(cause, Place("WHAT"), mend, excerpt=text))
    return int(text)
