"""Lists of many records in memory: search as one types, filters with counts, sorting, paging. Does no I/O."""
