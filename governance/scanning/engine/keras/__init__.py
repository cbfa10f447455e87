"""Judging how a Keras model describes itself, in whichever container it lies."""
