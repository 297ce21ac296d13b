"""The steps that bring a project's database from one version of its tables to the next, one module each."""
