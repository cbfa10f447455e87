"""Real services that tests start for themselves, on ports and in folders of their own."""
