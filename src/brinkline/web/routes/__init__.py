"""Routes: one module for each group of pages. A GET never writes."""
