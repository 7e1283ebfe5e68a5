"""Readers of the file formats; each yields sheets of rows."""
