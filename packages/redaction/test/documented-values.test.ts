import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { Draw } from './corpus/draw.ts';
import { documentedValues } from './documented-values.ts';

const ROUNDS = 10;
const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

describe.each(Object.entries(documentedValues))('%s stay', (_, forms) => {
  test.each(forms)('%s', (form) => {
    const draw = new Draw(73);
    for (let round = 0; round < ROUNDS; round++) {
      const value = draw.form(form);

      expect(redactor.redact(value)).toBe(value);
      expect(redactor.redactDeep({ value })).toEqual({ value });
    }
  });
});

test('a signature as short as that of a request goes, and so does a secret under the name of a public key', () => {
  const draw = new Draw(74);
  const redacted = (form: string): string => redactor.redact(draw.form(form));

  expect(redacted('{"signature":"{b64:43}="}')).toContain('REDACTED');
  expect(redacted('{"api_key":"{b62:32}"}')).toContain('REDACTED');
  expect(redacted('https://{hex:32}@internal.example/1')).toContain('REDACTED');
});
