"""Pictures, sound, film and fonts: a walk per format that follows the structure to its last byte.

A walk is given the subject and returns where the file ends by its own account. It raises ``Broken`` or ``Truncated`` for what does
not fit, ``Unread`` for what it cannot follow, and reports code in places for words by itself.
"""
