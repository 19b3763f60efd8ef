import { expect, test } from 'vitest';
import { body, joined } from '../../test/made-secrets.ts';
import { DOT, UUID } from '../engine/characters.ts';
import { createRedactor } from '../redactor.ts';
import { aiServiceTokens } from './ai-service-tokens.ts';
import { businessServiceTokens } from './business-service-tokens.ts';
import { cloudTokens, signedUrls } from './cloud-tokens.ts';
import type { TokenFormat } from './token-format.ts';

const formats = [
  ...aiServiceTokens,
  ...cloudTokens,
  ...signedUrls,
  ...businessServiceTokens,
].flatMap((format) => format.prefixes.map((prefix) => [prefix, format] as const));
const redactor = createRedactor({ version: 1, level: 'high' });
// Without what has the shape of a key of any service.
const certain = createRedactor({ version: 1, level: 'certain' });

/** A token of the least length. A body that may hold dots gets none, so that nothing else is found in it. */
function tokenOf(prefix: string, format: TokenFormat): string {
  if (format.body === UUID) return joined(prefix, '123e4567-e89b-12d3-a456-426614174000');
  return joined(prefix, body(format.min, format.body & ~DOT, prefix.length));
}

test.each(formats)('%s… is found in prose, in quotes, in JSON and at the end', (prefix, format) => {
  const token = tokenOf(prefix, format);
  const masked = `${format.keepPrefix === true ? prefix : ''}[REDACTED:${format.kind}]`;
  const texts = [
    (value: string) => `the value ${value}, and more`,
    (value: string) => `x="${value}"`,
    (value: string) => `line one\\n${value}\\nline three`,
    (value: string) => `(${value}).`,
    (value: string) => value,
  ];

  for (const text of texts) expect(redactor.redact(text(token))).toBe(text(masked));
});

test.each(formats)(
  '%s… inside a longer word, or with too short a body, is left alone',
  (prefix, format) => {
    const token = tokenOf(prefix, format);
    const short = joined(prefix, body(Math.min(format.min - 1, 6), format.body & ~DOT));

    if (format.keepPrefix !== true) expect(certain.redact(`abc${token}`)).toBe(`abc${token}`);
    expect(redactor.redact(`see ${short}`)).toBe(`see ${short}`);
  },
);
