"""Elicitations: what experts were asked and what they answered, as a file of a case."""
