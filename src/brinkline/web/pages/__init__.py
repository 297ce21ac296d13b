"""What each page shows, as frozen records made from a connection; no HTML here."""
