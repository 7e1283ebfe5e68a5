"""How scripts/make_demo.py reads its texts, lays out rows and writes files."""
