"""The repository: git, files on disk, the snapshot of the tree."""
