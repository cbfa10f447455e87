"""The API of governance: the same queries and actions as its pages."""
