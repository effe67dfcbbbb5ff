"""Speed and size, printed as ratios and never asserted in tests; attackers of the gate, which tests use too."""
