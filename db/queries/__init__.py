"""Reads: a scope in, dataclasses out, one statement each."""
