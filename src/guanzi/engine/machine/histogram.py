"""The bins of histograms: which numbers of a path fall together; the same in both back-ends."""

HISTOGRAM_BITS = 8
"""Histograms have 2**8 bins an octave (0.3 % wide) …"""
HISTOGRAM_OCTAVES_BELOW = 10
"""… resolve magnitudes from 2**-10 …"""
HISTOGRAM_SIDE = 40 << HISTOGRAM_BITS
"""… over 40 octaves on each side of zero; what is smaller counts as zero, what is larger in the last bin."""
HISTOGRAM_SHIFT = 52 - HISTOGRAM_BITS
"""A float64 shifted right by this is its exponent and the leading bits of its mantissa."""
HISTOGRAM_LOWEST = (1023 - HISTOGRAM_OCTAVES_BELOW) << HISTOGRAM_BITS
"""That number for the smallest resolved magnitude."""
HISTOGRAM_BINS = 2 * HISTOGRAM_SIDE + 1
