// Ours and the packages of npm on the same corpus: what they find, what they damage, how long they take.
// Run by `npm run bench:rivals` in this package: installs them on the first run.
import { createRedactor } from '@llm-otel/redaction';
import { cleanValues, positives } from '../../test/corpus/corpus.ts';
import { firstSightCleanValues, firstSightPositives } from '../../test/first-sight/texts.ts';
import { leaks } from '../../test/corpus/measure.ts';
import { cleanValues as shortValues, prose } from '../texts.ts';
import { installRivals, type Redact, rivals } from './rivals.ts';

/** A rival may take longer than anyone waits: then a part of the corpus stands for it. */
const BUDGET_MILLIS = 60_000;
const LONG_TEXT = 100 * 1024;
const MILLIS_PER_FIGURE = 1500;

interface Share {
  readonly hits: number;
  readonly of: number;
}

/** Goes through `items` in an order that mixes all kinds, until the time is up. */
async function share<T>(items: readonly T[], isHit: (item: T) => Promise<boolean>): Promise<Share> {
  const end = performance.now() + BUDGET_MILLIS;
  const step = 7919;
  let hits = 0;
  let of = 0;
  for (; of < items.length && performance.now() < end; of++)
    if (await isHit(items[(of * step) % items.length]!)) hits++;
  return { hits, of };
}

/** Nanoseconds of one call, the median of rounds. */
async function nanos(redact: Redact, texts: readonly string[]): Promise<number> {
  const figures: number[] = [];
  const end = performance.now() + MILLIS_PER_FIGURE;
  while (figures.length < 3 || (performance.now() < end && figures.length < 5000)) {
    const start = performance.now();
    for (const text of texts) await redact(text);
    figures.push(((performance.now() - start) * 1e6) / texts.length);
  }
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!;
}

function percent({ hits, of }: Share, whole: number): string {
  const share = `${((100 * hits) / of).toFixed(1)} %`;
  return of < whole ? `${share} of ${of}` : share;
}

async function row(name: string, redact: Redact): Promise<string[]> {
  const [labelled, strange] = [positives(), firstSightPositives(4)];
  const [clean, strangeClean] = [cleanValues(), firstSightCleanValues(4)];
  const isFound = async ({ text, secret }: { text: string; secret: string }): Promise<boolean> =>
    !leaks(await redact(text), secret);
  const isChanged = async ({ value }: { value: string }): Promise<boolean> =>
    (await redact(value)) !== value;
  const short = await nanos(redact, shortValues);
  const long = await nanos(redact, [prose]);
  return [
    name,
    percent(await share(labelled, isFound), labelled.length),
    percent(await share(clean, isChanged), clean.length),
    percent(await share(strange, isFound), strange.length),
    percent(await share(strangeClean, isChanged), strangeClean.length),
    short < 1000 ? `${Math.round(short)} ns` : `${(short / 1000).toFixed(1)} us`,
    `${((LONG_TEXT / long) * 1000).toFixed(long > 1e8 ? 2 : 0)} MB/s`,
  ];
}

installRivals();
const ours = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const rows = [
  ['package', 'found', 'damaged', 'other styles', 'damaged', 'short value', '100 KB prose'],
  await row('@llm-otel/redaction', ours.redact),
];
for (const { name, load } of rivals) {
  process.stderr.write(`${name} …\n`);
  try {
    rows.push(await row(name, await load()));
  } catch (error) {
    rows.push([name, `failed: ${String(error).split('\n')[0]}`]);
  }
}
const widths = rows[0]!.map((_, column) =>
  Math.max(...rows.map((row) => row[column]?.length ?? 0)),
);
for (const cells of rows)
  process.stdout.write(
    `${cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()}\n`,
  );
