"""How organisations are compared so that none of them can be singled out, and what each has agreed to show."""
