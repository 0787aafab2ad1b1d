"""Rounds of the year: plan, frozen list, draw, seats, course, who sees what."""
