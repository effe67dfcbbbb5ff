"""Between answers and what anybody may see: the parts of `domain.disclosure`, and the checks that doubt them."""
