"""What dialogs share: they act once; questions, paths, and the frame of those that save. Read `save_dialog` first."""
