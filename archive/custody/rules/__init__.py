"""The closed lists of custody and the rules that need no store."""
