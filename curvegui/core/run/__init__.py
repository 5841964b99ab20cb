"""One run: trained, noted, kept as a record, replayed, and given other layers. Read `trainer.py` first."""
