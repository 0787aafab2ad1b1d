"""What a bureau reviews by: law and confirmed values, registers, lists, editions, calendar."""
