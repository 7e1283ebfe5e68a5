"""Ranks academicians and experts for the demands of enterprises, with the evidence for every name."""
