"""规划: plans of stations, from the year's numbers to a signed plan."""
