"""The service's commands, one file a group; `service/cli.py` composes them."""
