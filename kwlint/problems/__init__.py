"""One family of checks per file: pages (KW001 to KW009) and links (KW101 to KW202)."""
