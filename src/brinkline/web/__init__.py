"""The review app: pages that work without script, over a project."""
