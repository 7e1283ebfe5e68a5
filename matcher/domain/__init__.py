"""What the service talks about: experts, evidence, demands, needs, engagements, matches."""
