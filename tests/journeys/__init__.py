"""From one end of the hub to the other, started by its own command."""
