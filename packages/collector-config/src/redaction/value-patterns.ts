import { type RedactionPreset, tokenPatterns } from '@llm-otel/redaction/policy';

/** Regular expressions (RE2) of one kind of value. */
export interface ValuePattern {
  /** What is found, for the comment beside it. */
  readonly about: string;
  readonly preset: 'secrets' | 'pii' | 'strict';
  readonly pattern: string;
}

/** Formats that share a line: one pass over a value looks for all of them. */
const TOKENS_PER_PATTERN = 12;

/** What the marks of the redaction engine come to without its checks: no checksums, no look at how random a text is. */
const others: readonly ValuePattern[] = [
  {
    about: 'AWS access keys',
    preset: 'secrets',
    pattern: String.raw`\b(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\b`,
  },
  {
    about: 'JSON web tokens',
    preset: 'secrets',
    pattern: String.raw`\be(?:yJ|yA|wo)[A-Za-z0-9_-]{7,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){0,3}`,
  },
  {
    about: 'private keys',
    preset: 'secrets',
    pattern: String.raw`-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END [A-Z0-9 ]{0,40}-----)?`,
  },
  {
    about: 'passwords in URLs, with the user',
    preset: 'secrets',
    pattern: String.raw`://[^\s/?#@:"'<>\\]*:[^\s/?#@"'<>\\]+@`,
  },
  {
    about: 'bearer and basic credentials',
    preset: 'secrets',
    pattern: String.raw`\b(?i:bearer|basic)(?: {1,4}|%20)[A-Za-z0-9._~+/=-]{16,}`,
  },
  {
    about: 'values of secret names in text, JSON and queries',
    preset: 'secrets',
    pattern: String.raw`(?i:pass(?:word|wd|phrase)|api[_-]?key|secret[_-]?key|client[_-]?secret|access[_-]?token|refresh[_-]?token|auth[_-]?token)\\?["']?\s{0,4}[:=]\s{0,4}(?:\\?["'][^"'\\]{4,}|[^\s"'&,;\\]{6,})`,
  },
  {
    about: 'e-mail addresses',
    preset: 'pii',
    pattern: String.raw`[A-Za-z0-9._%+-]{1,64}(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}`,
  },
  {
    about: 'card numbers, without their checksum',
    preset: 'pii',
    pattern: String.raw`\b(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6(?:011|5\d{2}))[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b|\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b`,
  },
  {
    about: 'IBANs, without their checksum',
    preset: 'pii',
    pattern: String.raw`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b`,
  },
  {
    about: 'phone numbers with a country code',
    preset: 'pii',
    pattern: String.raw`\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){2,4}`,
  },
  {
    about: 'US social security numbers',
    preset: 'pii',
    pattern: String.raw`\b(?:00[1-9]|0[1-9]\d|[1-578]\d{2}|6[0-57-9]\d|66[0-57-9])-(?:0[1-9]|[1-9]\d)-(?:0{3}[1-9]|\d{0,3}[1-9]\d{0,3})\b`,
  },
  {
    about: 'IPv4 addresses',
    preset: 'strict',
    pattern: String.raw`\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b`,
  },
  {
    about: 'IPv6 addresses of four groups and more',
    preset: 'strict',
    pattern: String.raw`\b(?:[0-9A-Fa-f]{1,4}:){3,7}(?::?[0-9A-Fa-f]{1,4}){1,4}\b`,
  },
];

/** The patterns of the presets, each to be looked for on its own. */
export function valuePatterns(presets: readonly RedactionPreset[]): readonly ValuePattern[] {
  const isStrict = presets.includes('strict');
  const wanted = new Set<string>(isStrict ? ['secrets', 'pii', 'strict'] : presets);
  return [...tokens(), ...others].filter(({ preset }) => wanted.has(preset));
}

function tokens(): readonly ValuePattern[] {
  const all = tokenPatterns();
  const lines: ValuePattern[] = [];
  for (let from = 0; from < all.length; from += TOKENS_PER_PATTERN) {
    const some = all.slice(from, from + TOKENS_PER_PATTERN);
    const kinds = [...new Set(some.map(({ kind }) => kind))];
    lines.push({
      about: kinds.join(', '),
      preset: 'secrets',
      pattern: some.map(({ pattern }) => pattern).join('|'),
    });
  }
  return lines;
}
