"""The waiver review of cases and the waiver ledger."""
