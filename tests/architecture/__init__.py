"""Checks of the house, as functions over parsed source; `tests/test_architecture.py` applies them to the tree."""
