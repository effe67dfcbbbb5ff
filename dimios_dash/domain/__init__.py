"""Pure rules of the field: no SQL, no Dash, no clock, no environment."""
