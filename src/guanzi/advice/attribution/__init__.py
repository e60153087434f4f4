"""Attribution: what differs between two appraisals, and each difference laid to the change that moved it."""

from guanzi.advice.attribution.attribution import METHOD, ChangeAttribution, ItemChange, Shift, attribute
from guanzi.advice.attribution.causes import Cause, changes_between
from guanzi.advice.attribution.held import HeldAppraisal, hold
from guanzi.advice.attribution.items import ON_SIGNED, Amounts, ComparedItem, ItemKind, items_of, reasons_of
from guanzi.advice.attribution.standpoint import Standpoint, standpoint
from guanzi.advice.attribution.walk import steps_between, walk

__all__ = [
    "METHOD",
    "ON_SIGNED",
    "Amounts",
    "Cause",
    "ChangeAttribution",
    "ComparedItem",
    "HeldAppraisal",
    "ItemChange",
    "ItemKind",
    "Shift",
    "Standpoint",
    "attribute",
    "changes_between",
    "hold",
    "items_of",
    "reasons_of",
    "standpoint",
    "steps_between",
    "walk",
]
