import { type RedactionPreset, tokenPatterns } from '@llm-otel/redaction/policy';
import { privateIpv4, privateIpv6, publicIpv4, publicIpv6 } from './address-patterns.ts';

/** A regular expression (RE2) of one kind of value. */
export interface ValuePattern {
  /** As the policy names it. */
  readonly kind: string;
  /** By which several kinds are added or dropped. */
  readonly group?: string;
  /** What is found, for the comment beside it. */
  readonly about: string;
  /** None: only where it is added. */
  readonly preset?: RedactionPreset;
  readonly pattern: string;
  readonly isToken?: true;
}

/** Formats that share a line: one pass over a value looks for all of them. */
const TOKENS_PER_PATTERN = 12;

/** What the marks of the redaction engine come to without its checks: no checksums, no look at how random a text is. */
const others: readonly ValuePattern[] = [
  {
    kind: 'aws_access_key',
    about: 'AWS access keys',
    preset: 'secrets',
    pattern: String.raw`\b(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\b`,
  },
  {
    kind: 'jwt_token',
    about: 'JSON web tokens',
    preset: 'secrets',
    pattern: String.raw`\be(?:yJ|yA|wo)[A-Za-z0-9_-]{7,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){0,3}`,
  },
  {
    kind: 'private_key',
    about: 'private keys',
    preset: 'secrets',
    pattern: String.raw`-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END [A-Z0-9 ]{0,40}-----)?`,
  },
  {
    kind: 'url_credentials',
    about: 'passwords in URLs, with the user',
    preset: 'secrets',
    pattern: String.raw`://[^\s/?#@:"'<>\\]*:[^\s/?#@"'<>\\]+@`,
  },
  {
    kind: 'bearer_token',
    about: 'bearer credentials',
    preset: 'secrets',
    pattern: String.raw`\b(?i:bearer)(?: {1,4}|%20)[A-Za-z0-9._~+/=-]{16,}`,
  },
  {
    kind: 'basic_credentials',
    about: 'basic credentials',
    preset: 'secrets',
    pattern: String.raw`\b(?i:basic)(?: {1,4}|%20)[A-Za-z0-9._~+/=-]{16,}`,
  },
  {
    kind: 'azure_client_secret',
    about: 'Microsoft Entra client secrets',
    preset: 'secrets',
    pattern: String.raw`[A-Za-z0-9~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{28,}`,
  },
  {
    kind: 'terraform_token',
    about: 'Terraform tokens',
    preset: 'secrets',
    pattern: String.raw`[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{31,}`,
  },
  {
    kind: 'telegram_token',
    about: 'Telegram bot tokens',
    preset: 'secrets',
    pattern: String.raw`\b[0-9]{8,11}:AA[A-Za-z0-9_-]{32,}`,
  },
  {
    kind: 'new_relic_key',
    about: 'New Relic licence keys',
    preset: 'secrets',
    pattern: String.raw`\b[0-9A-Fa-f]{32,40}NRAL\b`,
  },
  {
    kind: 'mailchimp_api_key',
    about: 'Mailchimp keys',
    preset: 'secrets',
    pattern: String.raw`\b[0-9A-Fa-f]{32}-us[0-9]{1,2}\b`,
  },
  {
    kind: 'airtable_token',
    about: 'Airtable tokens',
    preset: 'secrets',
    pattern: String.raw`\bpat[A-Za-z0-9]{14}\.[0-9A-Fa-f]{55,}`,
  },
  {
    kind: 'discord_token',
    about: 'Discord bot tokens',
    preset: 'secrets',
    pattern: String.raw`\b[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{26,}`,
  },
  {
    kind: 'paypal_token',
    about: 'PayPal tokens',
    preset: 'secrets',
    pattern: String.raw`\baccess_token\$[A-Za-z0-9_$]{40,}`,
  },
  {
    kind: 'sensitive_key',
    about: 'values of secret names in text, JSON and queries',
    preset: 'secrets',
    pattern: String.raw`(?i:pass(?:word|wd|phrase)|api[_-]?key|secret[_-]?key|client[_-]?secret|access[_-]?token|refresh[_-]?token|auth[_-]?token)\\?["']?\s{0,4}[:=]\s{0,4}(?:\\?["'][^"'\\]{4,}|[^\s"'&,;\\]{6,})`,
  },
  {
    kind: 'email_address',
    about: 'e-mail addresses',
    preset: 'pii',
    pattern: String.raw`[A-Za-z0-9._%+-]{1,64}(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}`,
  },
  {
    kind: 'credit_card',
    about: 'card numbers, without their checksum',
    preset: 'pii',
    pattern: String.raw`\b(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6(?:011|5\d{2}))[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b|\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b`,
  },
  {
    kind: 'iban',
    about: 'IBANs, without their checksum',
    preset: 'pii',
    pattern: String.raw`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b`,
  },
  {
    kind: 'phone_number',
    about: 'phone numbers with a country code',
    preset: 'pii',
    pattern: String.raw`\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){2,4}`,
  },
  {
    kind: 'us_ssn',
    about: 'US social security numbers',
    preset: 'pii',
    pattern: String.raw`\b(?:00[1-9]|0[1-9]\d|[1-578]\d{2}|6[0-57-9]\d|66[0-57-9])-(?:0[1-9]|[1-9]\d)-(?:0{3}[1-9]|\d{0,3}[1-9]\d{0,3})\b`,
  },
  { kind: 'ip_address', about: 'IPv4 addresses', preset: 'strict', pattern: publicIpv4 },
  {
    kind: 'ip_address',
    about: 'IPv6 addresses of four groups and more',
    preset: 'strict',
    pattern: publicIpv6,
  },
  {
    kind: 'private_ip_address',
    about: 'IPv4 addresses of private networks',
    preset: 'strict',
    pattern: privateIpv4,
  },
  {
    kind: 'private_ip_address',
    about: 'IPv6 addresses of private networks',
    preset: 'strict',
    pattern: privateIpv6,
  },
  {
    kind: 'mac_address',
    about: 'MAC addresses',
    preset: 'strict',
    pattern: String.raw`\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b|\b(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}\b`,
  },
  {
    kind: 'crypto_address',
    group: 'crypto',
    about: 'Bitcoin and Ethereum addresses',
    pattern: String.raw`\b0x[0-9A-Fa-f]{40}\b|\b(?:bc1|tb1)[02-9ac-hj-np-z]{11,71}\b|\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b`,
  },
  {
    kind: 'coordinates',
    group: 'location',
    about: 'coordinates',
    pattern: String.raw`-?\b[0-9]{1,2}\.[0-9]{4,15}\s?[,;]\s?-?[0-9]{1,3}\.[0-9]{4,15}\b`,
  },
];

export interface PatternChoice {
  readonly presets: readonly RedactionPreset[];
  /** Kinds or groups, beside the presets. */
  readonly added?: readonly string[] | undefined;
  readonly dropped?: readonly string[] | undefined;
}

/** The patterns that are wanted, each to be looked for on its own: what is dropped wins. */
export function valuePatterns({
  presets,
  added = [],
  dropped = [],
}: PatternChoice): readonly ValuePattern[] {
  const wanted = new Set<string>(
    presets.includes('strict') ? ['secrets', 'pii', 'strict'] : presets,
  );
  return everything().filter(({ kind, group = kind, preset }) => {
    const isNamed = (names: readonly string[]): boolean =>
      names.includes(kind) || names.includes(group);
    if (isNamed(dropped)) return false;
    return isNamed(added) || (preset !== undefined && wanted.has(preset));
  });
}

/** Whether anything is looked for by this name of a kind or a group. */
export function hasPattern(name: string): boolean {
  return everything().some(({ kind, group }) => kind === name || group === name);
}

/** Formats of tokens in a few lines: one pass over a value looks for all of a line. */
export function inLines(patterns: readonly ValuePattern[]): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  const tokens = patterns.filter(({ isToken }) => isToken === true);
  for (let from = 0; from < tokens.length; from += TOKENS_PER_PATTERN) {
    const some = tokens.slice(from, from + TOKENS_PER_PATTERN);
    const kinds = [...new Set(some.map(({ kind }) => kind))];
    lines.set(some.map(({ pattern }) => pattern).join('|'), kinds.join(', '));
  }
  for (const { pattern, about, isToken } of patterns)
    if (isToken !== true) lines.set(pattern, about);
  return lines;
}

function everything(): readonly ValuePattern[] {
  const tokens = tokenPatterns().map(({ kind, pattern }): ValuePattern => {
    return { kind, about: kind, preset: 'secrets', pattern, isToken: true };
  });
  return [...tokens, ...others];
}
