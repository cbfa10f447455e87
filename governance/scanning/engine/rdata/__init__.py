"""What R writes with saveRDS and save: read item by item, nothing is ever made of it."""
