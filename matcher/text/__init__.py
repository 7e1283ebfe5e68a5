"""Reading text: normal form, sentences, words, and which parts of a record are indexed."""
