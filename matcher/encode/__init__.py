"""Text to vectors: any Sentence Transformers model, a small bilingual one built in (design decision 5)."""
