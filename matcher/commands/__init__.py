"""The commands, one file a group; `matcher/cli.py` composes them."""
