"""The rules: what is checked, and how a finding becomes a problem."""
