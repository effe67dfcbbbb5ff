"""The care of keys over the years: one takes over from another, and at the end of a contract they are destroyed."""
