// Imported before everything else: the hours library reads wall-clock time from Dates, and UTC has no gaps.
process.env.TZ = 'UTC';
