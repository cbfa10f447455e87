"""Real files by the libraries that write them, made in an environment of these libraries' own.

One module per family holds ``MAKERS: dict[str, Callable[[Path], None]]``: each maker writes to ``benign/NAME/FILE`` and
``malicious/NAME/FILE`` below its folder, and imports its libraries itself, so that a missing one costs one maker only.
Nothing here imports the hub. Payloads are inert, and what is written is never loaded.
"""
