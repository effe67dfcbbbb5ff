"""A place to try everything in: made-up organisations with results, a measurement that runs, and one to start in."""

from db.demo.accounts import DemoSignIn
from db.demo.building import ensure

__all__ = ["DemoSignIn", "ensure"]
