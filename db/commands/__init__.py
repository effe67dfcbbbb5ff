"""Changes: a scope in; the caller's transaction makes them all or none."""
