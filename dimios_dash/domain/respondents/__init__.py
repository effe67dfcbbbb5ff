"""What may be done to the list of those who are asked."""
