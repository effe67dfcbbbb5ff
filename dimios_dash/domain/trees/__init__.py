"""What may be done to an organisation's tree, and what has become of its units over the years."""
