"""Files to take away, made from releases only."""
