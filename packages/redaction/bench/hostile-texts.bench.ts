import { compare } from '@llm-otel/tooling/bench';
import { createRedactor } from '@llm-otel/redaction';
import { hostileTexts } from '../test/hostile-texts.ts';
import { nanosOfProcessor } from './processor-time.ts';

const KB = 1024;
const ROUNDS = 9;
const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const shapes = Object.values(hostileTexts);

function nanosOfEach(length: number): number[] {
  return shapes.map((textOf) => {
    const text = textOf(length);
    return nanosOfProcessor(() => redact(text), ROUNDS);
  });
}

const sum = (figures: readonly number[]): number => figures.reduce((a, b) => a + b, 0);

compare({
  id: 'R5',
  title: `slowest of ${shapes.length} hostile shapes, 100 KB`,
  ours: { name: 'redact', measure: () => Math.max(...nanosOfEach(100 * KB)) },
  floor: { maxNanos: 40_000_000 },
  stretch: { maxNanos: 10_000_000 },
});

compare({
  id: 'R5',
  title: `all ${shapes.length} hostile shapes, 100 KB`,
  baseline: { name: 'the same at 12.5 KB', measure: () => sum(nanosOfEach(12.5 * KB)) },
  ours: { name: 'redact', measure: () => sum(nanosOfEach(100 * KB)) },
  floor: { timesTheTime: 10 },
});
