import { compare } from '@llm-otel/tooling/bench';
import { createRedactor } from '@llm-otel/redaction';
import { hostileTexts } from '../test/hostile-texts.ts';

const KB = 1024;
const ROUNDS = 9;
const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const shapes = Object.values(hostileTexts);

/** Nanoseconds for one text, the best of a few. */
function nanosFor(text: string): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    redact(text);
    best = Math.min(best, performance.now() - start);
  }
  return best * 1e6;
}

function nanosOfEach(length: number): number[] {
  return shapes.map((textOf) => nanosFor(textOf(length)));
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
