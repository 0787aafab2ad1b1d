"""Score sheets at the desk, and what becomes of the machine's proposals."""
