"""What an applicant could say to turn the advice, and how far it rests on his own word, as data."""

from __future__ import annotations

from guanzi.advice.appraisal.advice_data import Advice
from guanzi.advice.appraisal.table_data import TableData
from guanzi.base.reading import Data


class ApplicantData(Data):
    """How far an advice rests on the word of the company that is examined.

    Attributes:
        facts: Facts behind the rows of the table that were judged.
        own: How many of them the company alone states, outside its filings.
        filed: How many are of its filings.
        alone: Rows that rest on nothing but such own facts.
        without: The advice if these rows could not be judged.
        table: For each question and gate how it stands, on whose word, the cheapest statement, and the advice then.
    """

    facts: int
    own: int
    filed: int
    alone: tuple[str, ...]
    without: Advice
    table: TableData
