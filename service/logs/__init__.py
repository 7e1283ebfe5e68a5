"""Structured logs: one JSON object a line, found again by request id, without personal data."""
