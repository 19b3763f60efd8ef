import { compare } from '@llm-otel/tooling/bench';
import { createRedactor } from '@llm-otel/redaction';
import { code, json, prose } from './texts.ts';

const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

/** The least that reading a text character by character can cost. */
function sumOfCodes(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0;
  return sum;
}

// Targets as shares of the baseline's throughput: 55 % of it is 1/0.55 times its time.
for (const [name, text, floor, stretch] of [
  ['prose', prose, 0.55, 0.65],
  ['code', code, 0.4, 0.5],
  ['JSON', json, 0.35, 0.45],
] as const) {
  compare({
    id: 'R3',
    title: `100 KB of ${name}, nothing to hide`,
    baseline: { name: 'charCodeAt of each character', run: () => sumOfCodes(text) },
    ours: { name: 'redact', run: () => redact(text) },
    floor: { timesTheTime: 1 / floor },
    stretch: { timesTheTime: 1 / stretch },
  });
}
