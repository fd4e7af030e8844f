"""The chapter of custody (保管): papers over their life, from the shelf to their disposal."""
