"""The checks, in the order in which a dossier shows them."""

from guanzi.diligence.checks.competition import COMPETITION
from guanzi.diligence.checks.dependence import DEPENDENCE
from guanzi.diligence.checks.founder import FOUNDER
from guanzi.diligence.checks.going_concern import GOING_CONCERN
from guanzi.diligence.checks.momentum import MOMENTUM
from guanzi.diligence.checks.runway import RUNWAY
from guanzi.diligence.checks.unit_margin import UNIT_MARGIN
from guanzi.diligence.checks.unvalidated import UNVALIDATED

CHECKS = (
    GOING_CONCERN,
    RUNWAY,
    MOMENTUM,
    UNIT_MARGIN,
    COMPETITION,
    DEPENDENCE,
    FOUNDER,
    UNVALIDATED,
)

__all__ = ["CHECKS"]
