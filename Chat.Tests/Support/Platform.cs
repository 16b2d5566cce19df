using System.Runtime.Versioning;

// The tests start Postgres, PgBouncer and Redis from Debian's packages and send signals.
[assembly: SupportedOSPlatform("linux")]
