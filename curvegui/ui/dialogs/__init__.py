"""What dialogs share: questions, paths, their size, and the frame of those that save. Read `save_dialog` first."""
