"""The faces of the matcher: accounts, pages and API over `matcher`, which knows nothing of it."""
