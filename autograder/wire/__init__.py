"""Values and calls between two processes of which one does not trust the other.

Imported on both sides, so it imports nothing of the package but itself.
"""
