"""Plans as the service offers them: drawn up by jobs, shown with names and reasons, steered, signed, exported."""
