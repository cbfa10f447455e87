"""The hub in another language."""
