"""Why a start is refused."""


class StartRefused(Exception):
    """The hub cannot start; the message is one sentence that names what, why and the remedy."""
