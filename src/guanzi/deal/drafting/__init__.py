"""Drafting: a sheet in the term language from the sentences of a contract, each clause with its quote and page."""

from guanzi.deal.drafting.sheet import draft_sheet

__all__ = ["draft_sheet"]
