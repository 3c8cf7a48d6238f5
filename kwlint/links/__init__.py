"""Links: resolve a target, suggest another, repair it from the history of git."""
