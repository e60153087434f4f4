"""How bold the judged growth of a scale-up manufacturer is, against a published base rate.

Of the companies that began with sales under 325 million dollars (of 2015), 18.1 % grew by more than 20 % a year for ten
years (Mauboussin, Callahan, Majd: The Base Rate Book, Credit Suisse 2016, as told by MOI Global, 2022). This prints the
same share for the growth that the model judges when a case says nothing: for companies that neither fail nor run out of
cash, with the judged ceiling of volume and without one.
"""

from __future__ import annotations

import sys

from guanzi.advice.calibration import JUDGEMENTS
from guanzi.base.core import Message
from guanzi.engine.company import Distribution, Parameter, ParameterOrigin, ScaleUpManufacturer
from guanzi.engine.simulation import forecast

YEARS, RATE = 10, 1.2
PATHS, SEED = 20_000, 1
PUBLISHED = 0.181


def known(value: float) -> Distribution:
    """A value without uncertainty."""
    return Distribution("fixed", (value,))


def share(**changes: Distribution) -> float:
    """Share of paths whose volume grows by more than the rate a year."""
    lasting = {"cash": known(1e12), "equity": known(1e12), "other_failure": known(0.0), "units_noise": known(0.0)}
    spread = {**JUDGEMENTS, **lasting, **changes}
    origin = ParameterOrigin("judgement", Message.of("appraisal.gap.not_simulated"))
    parameters = {n: Parameter(n, d, ScaleUpManufacturer.UNITS[n], origin) for n, d in spread.items()}
    units = forecast(ScaleUpManufacturer(parameters), 4 * (YEARS + 1), paths=PATHS, seed=SEED).values["units"]
    grown = units[-4:].sum(axis=0) / units[:4].sum(axis=0)
    return float((grown > RATE**YEARS).mean())


def main() -> int:
    """Print the shares."""
    sys.stdout.write(f"published: {PUBLISHED:.1%}\n")
    sys.stdout.write(f"judged, with the ceiling: {share():.1%}\n")
    sys.stdout.write(f"judged, without a ceiling: {share(units_ceiling=known(1e15)):.1%}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
