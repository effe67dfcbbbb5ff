"""Results: read by leadership, never changed."""
