"""Keys, sealed ballots, addresses, tokens and passwords: no SQL, no Flask, no clock, no environment."""
