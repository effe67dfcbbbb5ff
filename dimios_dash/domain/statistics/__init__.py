"""How sure released numbers are, from releases only."""
