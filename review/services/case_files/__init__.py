"""Case files and what is read in them: ledger, papers, facts, checks, search."""
