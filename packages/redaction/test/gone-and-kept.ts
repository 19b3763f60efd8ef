import { expect } from 'vitest';
import { createRedactor } from '../src/index.ts';

const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const MASK = '[REDACTED]';

/** `«…»` is what must go, and nothing else may change. */
export function expectGone(text: string): void {
  const plain = text.replaceAll(/[«»]/g, '');
  expect(redact(plain).replaceAll(/\[REDACTED:\w+\]/g, MASK)).toBe(
    text.replaceAll(/«.*?»/gs, MASK),
  );
}

export function expectKept(text: string): void {
  expect(redact(text)).toBe(text);
}
