import { fakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { emailAddress, openAiKey } from '../../test/made-secrets.ts';
import { createRedactor } from '../redactor.ts';
import { memoryVault } from './memory-vault.ts';
import { restoreRedacted, type RedactionVault } from './redaction-vault.ts';

const policy = { version: 1, presets: ['secrets', 'pii'], actions: { default: 'token' } } as const;

test('what a vault keeps can be put back, and only with that vault', () => {
  const vault = memoryVault();
  const { redact } = createRedactor(policy, { vault });
  const text = `key ${openAiKey} of ${emailAddress} and again ${emailAddress}`;

  const redacted = redact(text);

  expect(redacted).toMatch(
    /^key \[REDACTED:openai_api_key @[\w-]{23}\] of \[REDACTED:email_address @([\w-]{23})\] and again \[REDACTED:email_address @\1\]$/,
  );
  expect(restoreRedacted(redacted, vault)).toBe(text);
  expect(restoreRedacted(redacted, memoryVault())).toBe(redacted);
  expect(redact(redacted)).toBe(redacted);
});

test('a vault forgets by age and by number, the oldest first', async () => {
  const clock = fakeClock();
  let next = 0;
  const vault = memoryVault({
    maxEntries: 2,
    maxAgeMillis: 1000,
    newId: () => `id-${next++}`,
    clock,
  });

  const [a, b, c] = ['a', 'b', 'c'].map((value) => vault.store('kind', value));
  expect([a, b, c].map((id) => vault.open(id!))).toEqual([undefined, 'b', 'c']);
  expect(vault.store('kind', 'b')).toBe(b);
  await clock.advance(1001);
  expect(vault.open(c!)).toBeUndefined();
  expect(vault.store('kind', 'x'.repeat(70_000))).toBe('id-3');
  expect(vault.open('id-3')).toBeUndefined();
});

test('a vault that fails, or returns what cannot stand in a text, lets nothing through', () => {
  const broken: RedactionVault = {
    store: () => {
      throw new Error('no connection');
    },
    open: () => undefined,
  };
  const careless: RedactionVault = { store: (_kind, value) => value, open: () => undefined };
  for (const vault of [broken, careless]) {
    const redactor = createRedactor(policy, { vault });

    expect(redactor.redact(`key ${openAiKey}`)).toBe('[REDACTED:error]');
    expect(redactor.redactDeep({ password: 'hunter2 x' })).toEqual({
      password: '[REDACTED:error]',
    });
    expect(redactor.report().failed).toBe(2);
  }
});

test.each([{ maxEntries: 0 }, { maxAgeMillis: 1.5 }])('%o is refused', (options) => {
  expect(() => memoryVault(options)).toThrow('use a whole number of at least 1');
});
