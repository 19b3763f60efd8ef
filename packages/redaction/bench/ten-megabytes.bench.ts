// Time grows with the length, and not faster: ten times the text may cost ten times the time and what memory adds.
import { compare } from '@llm-otel/tooling/bench';
import { createRedactor } from '@llm-otel/redaction';
import { nanosOfProcessor } from './processor-time.ts';
import { code, flat, json, prose } from './texts.ts';

const MB = 1024 * 1024;
const ROUNDS = 5;
const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

function nanosOf(text: string, length: number): number {
  const long = flat(text.repeat(Math.ceil(length / text.length)).slice(0, length));
  return nanosOfProcessor(() => redact(long), ROUNDS);
}

for (const [name, text] of [
  ['prose', prose],
  ['code', code],
  // No document: one that is cut is read as text.
  ['JSON', json],
] as const) {
  compare({
    id: 'R5',
    title: `10 MB of ${name}`,
    baseline: { name: 'the same at 1 MB', measure: () => nanosOf(text, MB) },
    ours: { name: 'redact', measure: () => nanosOf(text, 10 * MB) },
    floor: { timesTheTime: 12 },
    stretch: { timesTheTime: 10.5 },
  });
}
