"""The incremental engine: store, extraction, dependencies, rendering, comparison."""
