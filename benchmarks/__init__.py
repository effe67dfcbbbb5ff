"""Speed and size, printed as ratios; never asserted in tests."""
