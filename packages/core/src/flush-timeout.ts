/** How long a flush waits when it is not told, in milliseconds: the providers of OpenTelemetry give one up, and reject, after 30,000. */
export const FLUSH_TIMEOUT_MILLIS: number = 25_000;
