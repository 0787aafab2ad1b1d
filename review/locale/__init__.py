"""Message catalogues of the interface and the code that keeps them current."""
