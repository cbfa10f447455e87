"""Core ML models and the weights beside them."""
