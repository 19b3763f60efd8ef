// The baseline: what one would write without an engine. One regular expression for each of our detectors, with the
// same prefixes, alphabets and lengths, replaced one after the other.
import { aiServiceTokens } from '../src/detectors/ai-service-tokens.ts';
import { businessServiceTokens } from '../src/detectors/business-service-tokens.ts';
import { cloudTokens } from '../src/detectors/cloud-tokens.ts';
import { passesLuhn } from '../src/detectors/credit-card.ts';
import { isIn } from '../src/engine/characters.ts';

type Rule = readonly [kind: string, pattern: RegExp, check?: (found: string) => boolean];

function classOf(alphabet: number): string {
  const characters = Array.from({ length: 95 }, (_, index) => 32 + index).filter((code) =>
    isIn(alphabet, code),
  );
  return `[${characters.map((code) => `\\x${code.toString(16)}`).join('')}]`;
}

const escaped = (text: string): string => text.replaceAll(/[.+*?^$()[\]{}|\\/-]/g, String.raw`\$&`);

const tokens = [...aiServiceTokens, ...cloudTokens, ...businessServiceTokens].map(
  ({ kind, prefixes, body, min }): Rule => [
    kind,
    new RegExp(
      `(?<![0-9A-Za-z])(?:${prefixes.map(escaped).join('|')})${classOf(body)}{${min},}`,
      'g',
    ),
  ],
);

const others: readonly Rule[] = [
  [
    'aws_access_key',
    /(?<![0-9A-Za-z])(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}(?![0-9A-Za-z])/g,
  ],
  ['jwt_token', /(?<![0-9A-Za-z])e(?:yJ|yA|wo)[\w-]{7,}\.[\w-]{10,}(?:\.[\w-]*){0,3}/g],
  [
    'private_key',
    /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY[^-]{0,8}-----[^]{16,20000}?-----END [A-Z0-9 ]{0,40}-----/g,
  ],
  ['url_credentials', /(?<=:\/\/[^\s/?#"'<>:@]{0,128}:)[^\s/?#"'<>]{1,512}(?=@)/g],
  ['bearer_token', /(?<=\bbearer +)[\w.~+/-]{16,}=*/gi],
  ['basic_credentials', /(?<=\bbasic +)[A-Za-z0-9+/]{8,}=*/gi],
  ['request_signature', /(?<=AWS4-HMAC-SHA256[^\n]{0,400}Signature=)[0-9a-f]{32,}/g],
  ['azure_client_secret', /[\w~.-]{3}\dQ~[\w~.-]{28,}/g],
  ['terraform_token', /[0-9A-Za-z]{14}\.atlasv1\.[\w-]{40,}/g],
  ['telegram_token', /(?<![0-9A-Za-z])\d{8,10}:AA[\w-]{33,}/g],
  [
    'sensitive_key',
    /(?:password|passwd|pwd|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|secret|token|cookie|authorization|credentials?)["']?\s{0,4}[:=]\s{0,4}["']?(?=[^\s"',;]{0,64}\d)[^\s"',;]{8,512}/gi,
  ],
  ['email_address', /[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g],
  [
    'credit_card',
    /(?<![\w.])\d(?:[ -]?\d){11,18}(?![\w.])/g,
    (found) => passesLuhn(found.replaceAll(/\D/g, '')),
  ],
  ['us_ssn', /(?<![\w-])\d{3}([- ])\d{2}\1\d{4}(?![\w-])/g],
  ['iban', /(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?:[ -]?[0-9A-Z]){11,30}(?![0-9A-Za-z])/g],
  ['phone_number', /(?<![0-9A-Za-z])\+[1-9](?:[ .()-]{0,2}\d){7,14}/g],
];

const rules: readonly Rule[] = [...tokens, ...others];

/** How many expressions there are. */
export const ruleCount: number = rules.length;

/** Replaces what the expressions find, one after the other. */
export function redactWithRegexes(text: string): string {
  let redacted = text;
  for (const [kind, pattern, check] of rules) {
    redacted = redacted.replace(pattern, (found) =>
      check === undefined || check(found) ? `[REDACTED:${kind}]` : found,
    );
  }
  return redacted;
}
