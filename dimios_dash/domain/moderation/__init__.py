"""What a key user decides about released texts before and while others read them. A released text never changes."""
