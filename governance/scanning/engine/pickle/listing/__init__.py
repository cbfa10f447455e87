"""The lists themselves, one module per library; ``lists`` is where they are joined and explained."""
