"""The trail: every change and every look at a confidential file, kept apart from the records."""
