"""Units beside each other: a heat map of all, and some of them side by side."""
