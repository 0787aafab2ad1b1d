"""Invented case files with known truth, made by a seeded program.

Everything here is fiction: agencies, people, companies, plates and numbers. The package shares
no wording with the readers under test, so that a file can surprise them as a foreign one would.
"""
