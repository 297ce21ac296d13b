"""What a project keeps: narratives, codings, claims, decisions and people, in SQLite or PostgreSQL."""
