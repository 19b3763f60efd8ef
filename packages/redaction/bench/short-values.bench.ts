import { compare } from '@llm-otel/tooling/bench';
import { createRedactor } from '@llm-otel/redaction';
import { redactWithRegexes, ruleCount } from './regex-loop.ts';
import { cleanValues, flat, secretValues } from './texts.ts';

const policy = { version: 1, presets: ['secrets', 'pii'] } as const;
const loop = `loop of ${ruleCount} regular expressions`;

/** More values than the memory of a redactor holds, so that each one is new to it. */
const fresh = Array.from({ length: 2_000 }, (_, index) =>
  cleanValues.map((value) => flat(value.slice(0, -3) + index.toString(36).padStart(3, 'x'))),
);

/** Redacts all of `values`. The lengths keep the work from being optimised away. */
function each(values: readonly string[], redact: (text: string) => string): number {
  let length = 0;
  for (const value of values) length += redact(value).length;
  return length;
}

function inTurn(redact: (text: string) => string): () => number {
  let at = 0;
  return () => each(fresh[at++ % fresh.length]!, redact);
}

const redactor = createRedactor(policy);
compare({
  id: 'R1',
  title: 'clean value of 4 to 73 characters, not seen before',
  baseline: { name: loop, run: inTurn(redactWithRegexes), operations: cleanValues.length },
  ours: { name: 'redact', run: inTurn(redactor.redact), operations: cleanValues.length },
  floor: { timesFaster: 30 },
  stretch: { timesFaster: 45 },
});

const remembered = cleanValues.filter(({ length }) => length <= 64);
compare({
  id: 'R1',
  title: 'clean value of up to 64 characters, seen before',
  ours: {
    name: 'redact',
    run: () => each(remembered, redactor.redact),
    operations: remembered.length,
  },
  stretch: { maxNanos: 10 },
});

compare({
  id: 'R2',
  title: 'short value with one secret',
  baseline: {
    name: loop,
    run: () => each(secretValues, redactWithRegexes),
    operations: secretValues.length,
  },
  ours: {
    name: 'redact',
    run: () => each(secretValues, redactor.redact),
    operations: secretValues.length,
  },
  floor: { timesFaster: 7 },
  stretch: { timesFaster: 10 },
});
