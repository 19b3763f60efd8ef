// IP addresses by whose they are, as the redaction of processes tells them apart: `ip_address` and `private_ip_address`.
// RE2 has no look-ahead, so that what is not private is spelt out. Loopback, `0.…` and `255.…` are neither.

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const LAST_TWO = String.raw`(?:\.${OCTET}){2}\b`;
/** 1 to 254 without 10, 100, 127, 169, 172 and 192, and any second number. */
const PUBLIC_FIRST = String.raw`(?:[1-9]|1[1-9]|[2-9]\d|10[1-9]|11\d|12[0-689]|1[345]\d|16[0-8]|17[013-9]|18\d|19[013-9]|2[0-4]\d|25[0-4])\.${OCTET}`;
/** What is left of the others beside private networks. */
const PUBLIC_SECOND = [
  String.raw`100\.(?:\d|[1-5]\d|6[0-3]|12[89]|1[3-9]\d|2[0-4]\d|25[0-5])`,
  String.raw`169\.(?:25[0-35]|2[0-4]\d|1?\d?\d)`,
  String.raw`172\.(?:\d|1[0-5]|3[2-9]|[4-9]\d|1\d\d|2[0-4]\d|25[0-5])`,
  String.raw`192\.(?:\d|[1-9]\d|1[0-57-9]\d|16[0-79]|2[0-4]\d|25[0-5])`,
].join('|');

export const publicIpv4: string = String.raw`\b(?:${PUBLIC_FIRST}|${PUBLIC_SECOND})${LAST_TWO}`;

export const privateIpv4: string = String.raw`\b(?:10\.${OCTET}|172\.(?:1[6-9]|2\d|3[01])|192\.168|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))${LAST_TWO}`;

/** Four groups and more: with fewer, times and paths of code look alike. */
const MORE_GROUPS = String.raw`(?:[0-9A-Fa-f]{1,4}:){2,6}(?::?[0-9A-Fa-f]{1,4}){1,4}\b`;

export const publicIpv6: string = String.raw`\b(?:[0-9A-Ea-e][0-9A-Fa-f]{0,3}|[Ff](?:[0-9ABFabf][0-9A-Fa-f]{0,2}|[Ee](?:[0-7C-Fc-f][0-9A-Fa-f]?)?)?):${MORE_GROUPS}`;

/** Unique local (RFC 4193) and link-local addresses. */
export const privateIpv6: string = String.raw`\b[Ff](?:[CDcd][0-9A-Fa-f]{0,2}|[Ee][89ABab][0-9A-Fa-f]?)::?${MORE_GROUPS}`;
