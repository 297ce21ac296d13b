"""Five narratives written for brinkline from public historical facts; their numbers are ours, not those of any data set."""
