import { expect, test, vi } from 'vitest';
import { isOwnCall, noteOwnCall } from './own-calls.ts';

test('a call that one copy of this package records is known to another copy', async () => {
  vi.resetModules();
  const other = await import('./own-calls.ts');
  const span = {};

  other.noteOwnCall(span);

  expect(other.noteOwnCall).not.toBe(noteOwnCall);
  expect(isOwnCall(span)).toBe(true);
  expect(isOwnCall({})).toBe(false);
});

test('a span that takes nothing is no error', () => {
  const span = Object.freeze({});

  expect(() => noteOwnCall(span)).not.toThrow();
  expect(isOwnCall(span)).toBe(false);
});
