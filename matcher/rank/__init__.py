"""Who fits a demand: its facets find items, items vote for experts, rules say who may go."""
