"""Why somebody is proposed: which sentence of which item answers which sentence of the demand."""
