"""Work on claims: queues, decisions and undo, agreement of coders, adjudication."""
