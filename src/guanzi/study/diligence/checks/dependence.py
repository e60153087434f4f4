"""Dependence on one plant or partner: of the company on whoever builds for it, and of the city on the company."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, lacking, latest, there
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.deal_side import deal_findings
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import HOLD_UP


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found: list[Finding] = []
    plant, maker = there(view, "local_plant"), there(view, "contract_manufacturer")
    missing = lacking(view, "local_plant")
    capacity = latest(view, "local_plant_capacity")
    if capacity is not None and not capacity.value > 0:
        capacity = None
    if plant is not None:
        facts = plant[1] + (capacity.facts if capacity else ())
        found.append(
            check.finding(
                "local-plant",
                Kind.ASSET,
                Severity.HIGH,
                "local_plant",
                facts,
                variant="capacity" if capacity else "alone",
                text=plant[0],
                capacity=capacity.value if capacity else None,
            )
        )
    if missing is not None:
        found.append(
            check.finding("no-plant", Kind.RISK, Severity.MEDIUM, "no_local_plant", missing[1], text=missing[0])
        )
    if maker is not None:
        found.append(
            check.finding(
                "contract-manufacturer", Kind.RISK, Severity.MEDIUM, "contract_manufacturer", maker[1], text=maker[0]
            )
        )
    if plant is not None and maker is not None:
        found.append(check.finding("single-plant", Kind.RISK, Severity.MEDIUM, "single_plant", plant[1] + maker[1]))
    return (*found, *deal_findings(check, view, deal))


DEPENDENCE = Check(
    id="dependence",
    stream="chain",
    needs=(Need("local_plant"), Need("contract_manufacturer"), Need("local_plant_capacity"), Need("co_investors")),
    literature=HOLD_UP,
    conclude=_conclude,
    core=True,
)
