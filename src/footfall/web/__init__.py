"""Pages: server-rendered HTML whose whole state is in the URL. They ask `reports` and know no SQL."""
