"""Plans over many demands: who builds which station, who visits whom when (docs/decisions/0009-plans.md)."""
