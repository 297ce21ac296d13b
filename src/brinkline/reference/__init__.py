"""Reference tables (states, bodies, leaders, places) and the scheme: data files with the small readers beside them."""
