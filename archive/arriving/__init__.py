"""Ways in besides the page: a folder, a mailbox, years of old scans."""
