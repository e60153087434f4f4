"""Germany 1995 in six groups of sectors, EUR m: the worked example of the Eurostat manual.

Eurostat, Manual of Supply, Use and Input-Output Tables, 2008, chapter 15 (J. Beutel): table of domestic output, and the
results that it prints for it.
"""

import numpy as np

GROUPS = ("agriculture", "industry", "construction", "trade", "business", "other")
FLOWS = np.array(
    [
        [1131, 25480, 1, 607, 710, 762],
        [7930, 304584, 64167, 41082, 11981, 30360],
        [426, 7334, 3875, 5296, 23457, 9155],
        [3559, 72717, 14190, 74399, 10835, 21008],
        [3637, 96115, 31027, 65755, 193176, 34223],
        [1552, 14986, 1747, 11225, 15058, 22070],
    ],
    dtype=float,
)
OUTPUT = np.array([43910, 1079446, 245606, 540063, 692487, 508918], dtype=float)
VALUE_ADDED = np.array([21664, 395022, 115624, 311407, 415426, 365017], dtype=float)
EMPLOYMENT = np.array([1096, 8381, 3236, 9251, 4258, 10206], dtype=float)

# As printed, to four digits.
DIAGONAL = (1.0339, 1.4292, 1.0289)
BACKWARD = (1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782)
VALUE_ADDED_MULTIPLIERS = (0.8450, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199)
EMPLOYMENT_MULTIPLIERS = (0.0326, 0.0162, 0.0207, 0.0237, 0.0112, 0.0242)
FORWARD = (2.1126, 1.6691, 1.3558, 1.5848, 2.1037, 1.2106)
