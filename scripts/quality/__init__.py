"""What the scripts `eval_*` have in common."""
