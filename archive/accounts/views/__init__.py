"""Sign-in, the person's own page, and the administration of people."""
