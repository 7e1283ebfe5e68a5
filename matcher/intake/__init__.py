"""Tables and questionnaires in: files become records, and what is wrong with a row is said in Chinese."""
