"""What the pages of a file say. Runs in the child process that reads, and in no other.

`page.read` takes a page's own text where that says what the page shows, and reads the picture
where it does not. The models of the recognition cost half a gigabyte: they are loaded when the
first picture is read, and go with the process.
"""
