"""Judging what a skops file describes: the objects that making the model from it would import and call."""
