"""Evidence: cases, their documents and statements, workbooks and notes, and where sources disagree."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.evidence import (
        assisting,
        cases,
        confirming,
        conflicts,
        dataroom,
        declared,
        factuse,
        figures,
        filling,
        notes,
        precedents,
        proposals,
        review,
        statements,
        workbooks,
    )
else:
    __all__, __getattr__ = late_names(__name__)
