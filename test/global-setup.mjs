// Workers inherit this environment. The hours code reads wall-clock time from Dates, so that the zone of the
// test process must have no daylight-saving gaps; the server sets the same on its first line.
export default function globalSetup() {
  process.env.TZ = 'UTC';
}
