"""Scores runs against graded judgments, as TREC tools do; knows no ranker."""
