"""Finds items of evidence by meaning (dense) and by words (BM25), and knows whose they are."""
