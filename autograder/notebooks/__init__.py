"""Notebooks are built from text, and homework is released from notebooks."""
