"""Figures in base units."""


def scaled(value: float, scale: float) -> float:
    """A figure times its scale, without the dust of binary fractions.

    >>> scaled(7824.9, 1e6), scaled(18.4, 0.01)
    (7824900000.0, 0.184)
    """
    return float(f"{value * scale:.15g}")
