"""Measures of agreement and their intervals, on plain values: evaluation and the agreement of coders use the same ones."""
