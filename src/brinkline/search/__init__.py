"""Finding things in a project: sentences by a query language, crises by a sequence of events, and cases that are alike."""
