"""Files with the inputs of one study: rivals, portfolios, rankings, prices, lists of names."""

from guanzi.intake.inputs.excalibur import PanelFile, read_excalibur, read_excalibur_folder
from guanzi.intake.inputs.inputfile import InputFile, SourcedInput, read_inputs
from guanzi.intake.inputs.namepairs import read_name_pairs
from guanzi.intake.inputs.portfolios import load_portfolio
from guanzi.intake.inputs.ranking import read_ranking
from guanzi.intake.inputs.records import Record, Records, aliases_of, day_in, read_records
from guanzi.intake.inputs.rivals import RivalsFile, load_rivals

__all__ = [
    "InputFile",
    "PanelFile",
    "Record",
    "Records",
    "RivalsFile",
    "SourcedInput",
    "aliases_of",
    "day_in",
    "load_portfolio",
    "load_rivals",
    "read_excalibur",
    "read_excalibur_folder",
    "read_inputs",
    "read_name_pairs",
    "read_ranking",
    "read_records",
]
