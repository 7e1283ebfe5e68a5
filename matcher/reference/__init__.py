"""Published code tables and editable word lists: regions, industries, disciplines, NSFC codes, honours, titles."""
