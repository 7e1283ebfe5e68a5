"""The API for portals, `/api/v1`; thin over `matcher.workflows`."""
