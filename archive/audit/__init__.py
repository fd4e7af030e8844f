"""Who did what, when: the trail of every change and of every look at a confidential file."""
