"""The kinds of jobs, one file each; `table.py` lists them."""
