"""The wall: many networks that learn side by side. Read `dialog` first."""
