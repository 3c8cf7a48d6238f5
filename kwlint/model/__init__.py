"""Immutable values that every layer shares."""
