"""The hub itself: settings, addresses, the kit (``core``, ``ui``) and other people's protocols (``wire``)."""
