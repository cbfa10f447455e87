"""The catalogue for programs: the same queries and actions as its pages."""
