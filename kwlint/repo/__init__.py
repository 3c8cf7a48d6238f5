"""Access to a repository: git, the files on disk, the snapshot of the tree, the index of its paths."""
