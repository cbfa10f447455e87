"""TensorFlow's graphs, saved models and checkpoints."""
