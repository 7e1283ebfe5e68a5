"""Long work: what jobs there are, who started them, how far they are, and the process that runs them."""
