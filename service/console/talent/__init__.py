"""人才: achievements for a demand, teams to grow, nominations, what the library lacks."""
