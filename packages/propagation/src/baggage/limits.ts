// W3C baggage asks for 64 members and 8192 bytes at least. The stock propagator carries 180 members.
export const MAX_MEMBERS = 180;
/** All headers and all members together, commas included. */
export const MAX_BYTES = 8192;
