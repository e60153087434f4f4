"""Precedents: reference classes and base rates from decided cases. Pure functions over data."""

from guanzi.study.precedents.outside import (
    ClassRate,
    HoldOut,
    OutsideView,
    Profile,
    class_rate,
    outside_view,
)

__all__ = [
    "ClassRate",
    "HoldOut",
    "OutsideView",
    "Profile",
    "class_rate",
    "outside_view",
]
