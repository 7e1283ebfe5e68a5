"""What is written into the audit log, and by whom."""
