"""Desks for matching: what pages and API both ask, with scope, masking and audit for an `Actor`."""
