"""Everything that changes an upload: sessions, their files, the commit at the end."""
