"""From answers to what anybody may see: the only code that reads ballots."""
