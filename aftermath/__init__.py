"""What is owed and paid once people are safe: the ledger, insurance, requisitions (预案 7.1, 8.6)."""
