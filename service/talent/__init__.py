"""Talent as the service offers it: teams to grow, nominations, gaps of the library, achievements for demands."""
