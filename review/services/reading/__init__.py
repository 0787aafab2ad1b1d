"""From a handed-in file to rows: durable jobs, reading, facts, re-reading."""
