"""For people who program: a case, its appraisal and its tables as objects that show themselves in a notebook.

``guanzi.load("nio-hefei-2020").appraise(paths=20_000)`` is the whole of it; ``import guanzi`` gives :func:`load` and
:func:`cases`. Everything here asks the services of :mod:`guanzi.jobs` and computes nothing itself.
"""

from guanzi.notebook.appraised import AppraisedCase
from guanzi.notebook.case import LoadedCase, cases, load
from guanzi.notebook.refusals import Refusal
from guanzi.notebook.rows import NamedRows

__all__ = ["AppraisedCase", "LoadedCase", "NamedRows", "Refusal", "cases", "load"]
