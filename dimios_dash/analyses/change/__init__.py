"""How two years differ: the whole, the levels, the units, what a change is made of, and what became of the units."""
