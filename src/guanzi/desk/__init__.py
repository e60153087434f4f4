"""The desk: one use case a file, for whoever asks: the command line, pages, an interface for programs.

A use case is a module with a frozen ``Request`` (what is asked, and in ``run`` how it is run: :class:`run.Run`), a verb
that answers it with a frozen result, and ``data``, which gives the result as plain data for JSON. It prints nothing and
knows no options. Modules load when they are used: ``from guanzi.desk import walkaway``.
"""

from importlib import import_module
from types import ModuleType

__all__ = [
    "appraisal",
    "backtest",
    "bundles",
    "cases",
    "changes",
    "comparison",
    "conflicts",
    "counterexamples",
    "court",
    "deals",
    "decisions",
    "difference",
    "distress",
    "documents",
    "draft",
    "earlier",
    "entries",
    "experts",
    "explanation",
    "factuse",
    "forgetting",
    "gaps",
    "industries",
    "judgement",
    "laboratories",
    "ledgers",
    "links",
    "linting",
    "lists",
    "measures",
    "monitoring",
    "multipliers",
    "names",
    "notes",
    "official",
    "openness",
    "ownership",
    "panels",
    "patents",
    "places",
    "playbooks",
    "portfolio",
    "provenance",
    "ranking",
    "regionscan",
    "release",
    "replicability",
    "reporting",
    "results",
    "review",
    "routes",
    "rules",
    "run",
    "scores",
    "sensitivity",
    "shocks",
    "simulation",
    "singlepage",
    "standing",
    "statements",
    "stations",
    "structuring",
    "targets",
    "trackwindow",
    "unitcost",
    "unsimulated",
    "users",
    "versions",
    "walkaway",
    "watched",
    "workbooks",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
