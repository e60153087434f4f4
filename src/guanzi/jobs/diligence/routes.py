"""Technology routes side by side: where their shares go, and what would have to be true."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.intake.inputs import read_records
from guanzi.jobs.diligence.declared import RoutesRequest
from guanzi.record.evidence import open_case
from guanzi.study import technology

Request = RoutesRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The routes as plain data, with what was asked; ``of_file``: they were read from a file."""

    request: Request
    routes: tuple[dict[str, Any], ...]
    of_file: bool


def compare_routes(request: Request) -> Result:
    """Fit each route.

    Raises:
        InvalidInput: There is no such case, or the file is no table of routes.
    """
    path = Path(request.source)
    if path.is_file():
        routes = technology.routes_in(read_records(path, "routes"))
    else:
        case = open_case(request.source)
        routes = technology.routes_of_case(case.view(request.as_of or case.decision_date))
    told = tuple(_route_data(route, request.ahead, request.target) for route in routes)
    return Result(request, told, path.is_file())


def data(result: Result) -> dict[str, Any]:
    """The routes as plain data."""
    return {"ahead": result.request.ahead, "target": result.request.target, "routes": list(result.routes)}


def _route_data(route: technology.RouteSeries, ahead: int, target: float) -> dict[str, Any]:
    fitted, adoption = route.fitted, technology.adoption(route.units, ahead)
    curve = None
    if fitted is not None:
        year = fitted.last_year + ahead
        curve = {
            "last_year": fitted.last_year,
            "last_share": fitted.last_share,
            "rate": fitted.rate,
            "rate_interval": list(fitted.rate_interval),
            "rate_needed": fitted.rate_needed(target, year),
            "growing": fitted.growing,
            "takeover_years": fitted.takeover,
            "year": year,
            "share": list(fitted.share(year)),
            "reaches_target": fitted.reaches(target, year),
        }
    return {
        "route": route.name,
        "years": len(route.shares),
        "fitted": curve,
        "adoption": adoption
        and {
            "p": list(adoption.p),
            "q": list(adoption.q),
            "market": list(adoption.market),
            "peak": list(adoption.peak),
            "past_peak": adoption.past_peak,
            "sales": {str(y): list(v) for y, v in adoption.sales.items()},
        },
    }
