"""Links: resolve a target, suggest another, repair from history."""
