"""The command line: one command turns a case folder into an appraisal and a dossier."""

from guanzi.cli.app import app, main

__all__ = ["app", "main"]
