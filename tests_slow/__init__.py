"""Real processes of `matcher serve`: killed, stopped, many at once. `make test-service` runs them."""
