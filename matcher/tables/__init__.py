"""Excel files out: the one door to the writing library."""
