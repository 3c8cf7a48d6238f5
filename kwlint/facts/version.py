"""The version of the facts."""

# Raised whenever the same bytes give other facts than before: it is part of every key in the store.
FACTS_VERSION = 40
