"""The shipped case, appraised with few paths: what the dossier must cope with in earnest."""

from datetime import date
from functools import cache
from importlib.resources import as_file, files

from guanzi.advice.appraisal import Appraisal, appraise
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook


@cache
def nio(as_of: date = date(2020, 4, 29)) -> Appraisal:
    """NIO and Hefei as of a day."""
    with as_file(files("guanzi").joinpath("library/cases/nio-hefei-2020")) as folder:
        return appraise(load_case(folder), as_of=as_of, playbook=load_playbook("hefei"), paths=1024, seed=1)
