"""brinkline: narratives of international crises as structured data with evidence."""
