"""Experts and demands as pages and API both ask for them: scope, masking and audit are written here, once."""
