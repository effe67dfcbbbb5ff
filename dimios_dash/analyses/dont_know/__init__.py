"""Vet ej: where people do not know, and what to learn together."""
