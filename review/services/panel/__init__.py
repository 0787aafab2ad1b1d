"""Comparison of scorers, deliberation and the common result."""
