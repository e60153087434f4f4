"""What probabilities of failure were worth on other companies: a sentence beside the figure, in every appraisal.

The figures are those of the panel (``docs/methods/panel.md``, ``benchmarks/results/panel-2.md``, both tiers), with
the method as it became. Nothing is corrected by them: whoever reads a level has to know that it was too high there.
"""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message
from guanzi.engine.company import ScaleUpManufacturer


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """Failures within some years, as forecast and as they came.

    Attributes:
        seen: Companies and days.
        failed: How many failed.
        liquidated: Liquidations that the model expected, which is what the panel counts.
        distressed: Cases of distress that it expected.
        auc: How well they are ranked; area under the curve of the probability of liquidation.
    """

    seen: int
    failed: int
    liquidated: float
    distressed: float
    auc: float


RECORD = {3: FailureRecord(422, 7, 25.5, 39.9, 0.85), 5: FailureRecord(261, 9, 21.3, 32.7, 0.69)}
"""Years to what was forecast and what came."""
TESTED = ScaleUpManufacturer.ID
"""The company model of the panel."""


def trust_in_failure(model: str) -> Message:
    """How far a probability of failure may be trusted.

    Args:
        model: Id of the company model.
    """
    three, five = RECORD[3], RECORD[5]
    return Message.of(
        "appraisal.note.failure_tested" if model == TESTED else "appraisal.note.failure_untested",
        seen=three.seen,
        failed=three.failed,
        liquidated=three.liquidated,
        distressed=three.distressed,
        seen_5=five.seen,
        failed_5=five.failed,
        liquidated_5=five.liquidated,
        distressed_5=five.distressed,
        auc=three.auc,
        auc_5=five.auc,
    )
