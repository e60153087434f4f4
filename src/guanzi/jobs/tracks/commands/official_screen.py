"""Official data that were fetched and written as a panel, on the screen."""

from __future__ import annotations

from guanzi.jobs.shared.show import print_message, show_warnings
from guanzi.jobs.tracks import official


def show_fetched(request: official.Request, lang: str) -> None:
    """Fetch official data, and print where each file came from, its hash, and the shape of the panel."""
    result = official.fetch(request)
    for name, found in result.fetched:
        told = "cli.fetch.cached" if found.cached else "cli.fetch.fetched"
        print_message(told, lang, file=name, address=found.address, sha256=found.sha256)
    panel = result.panel
    shape = {"regions": len(panel.regions), "industries": len(panel.industries), "cells": panel.cells}
    print_message("cli.fetch.written", lang, file=str(result.out), measures=tuple(panel.measures), **shape)
    show_warnings(panel.findings, lang)
