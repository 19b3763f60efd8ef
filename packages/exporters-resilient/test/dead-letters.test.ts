import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { fakeClock } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Life, type LifeOptions, ONLY_503, spoolIn, startLife } from './fixtures/lives.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';

const MINUTE = 60_000;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  diag.disable();
  folder[Symbol.dispose]();
});

const start = (options: Partial<LifeOptions> = {}): Life =>
  startLife({
    directory: folder.path,
    script: [{ status: 400 }],
    clock: fakeClock({ epochMillis: Date.now() }),
    ...options,
  });

const accountOf = (life: Life) => life.ledger().destinations['otlp']!;

/** The logs of dead letters, by what they are. */
function letters(): Record<string, number> {
  const found: Record<string, number> = {};
  const root = spoolIn(folder.path);
  for (const name of readdirSync(root)) {
    const kind = name.split('@')[0]!;
    if (!name.includes('@') || kind.split('.').length < 4) continue;
    for (const file of readdirSync(join(root, name)))
      if (file.endsWith('.seg'))
        found[kind] = (found[kind] ?? 0) + statSync(join(root, name, file)).size;
  }
  return found;
}

test('what a receiver refuses for good is kept beside the spool, counted as rejected, and told once', async () => {
  const said: string[] = [];
  const log = (line: string): number => said.push(line);
  diag.setLogger({ error: log, warn: log, info() {}, debug() {}, verbose() {} });
  const life = start();
  life.end(100, { name: 'refused span' });
  await life.during(life.processor.forceFlush(), 500);
  life.end(100, { name: 'refused span' });
  await life.during(life.processor.shutdown());

  expect(accountOf(life)).toMatchObject({ rejected: { http_400: 200 }, dropped: {}, spooled: 0 });
  expect(Object.keys(letters())).toEqual(['otlp.traces.internal.http_400']);
  const root = spoolIn(folder.path);
  const kept = readdirSync(root).find((name) => name.includes('http_400'))!;
  const segment = readdirSync(join(root, kept)).find((name) => name.endsWith('.seg'))!;
  const text = readFileSync(join(root, kept, segment), 'latin1');
  expect(text.split('refused span')).toHaveLength(201);
  const told = said.filter((line) => line.includes('dead letters'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('what otlp refuses (http_400) is kept');
  expect(told[0]).toContain('llm-otel spool ls --dead-letters --directory');
});

test('413 for a single span: that one is a dead letter, the others arrive', async () => {
  const life = start({ script: [{ status: 413 }, { status: 413 }, { status: 200 }] });
  life.end(2);
  await life.during(life.processor.shutdown());

  expect(accountOf(life)).toMatchObject({ exported: 1, rejected: { http_413: 1 } });
  expect(Object.keys(letters())).toEqual(['otlp.traces.internal.http_413']);
});

test('nobody sends dead letters by itself, neither this process nor the next', async () => {
  const life = start();
  life.end(100);
  await life.during(life.processor.shutdown());

  const next = start({ script: [] });
  await next.clock.advance(5 * MINUTE);

  expect(accountOf(next)).toMatchObject({ recovered: 0, exported: 0 });
  expect(Object.keys(letters())).toHaveLength(1);
});

test('each class is kept as long as it may: by its own age where it has one, else for seven days', async () => {
  const day = 24 * 60 * MINUTE;
  const life = start({
    spool: { maxAgeMillisBySensitivity: { restricted: 10 * MINUTE }, maxAgeMillis: 2 * MINUTE },
    options: { sensitivityOf: ({ name }) => (name === 'secret' ? 'restricted' : 'internal') },
  });
  life.end(30, { name: 'usual' });
  life.end(30, { name: 'secret' });
  await life.during(life.processor.forceFlush(), 500);
  expect(Object.keys(letters()).toSorted()).toEqual([
    'otlp.traces.internal.http_400',
    'otlp.traces.restricted.http_400',
  ]);

  await life.clock.advance(9 * MINUTE);
  expect(Object.keys(letters())).toHaveLength(2);
  await life.clock.advance(3 * MINUTE);
  expect(Object.keys(letters())).toEqual(['otlp.traces.internal.http_400']);
  expect(accountOf(life).deadLettersDropped).toEqual({ spool_expired: expect.any(Number) });
  await life.during(life.processor.shutdown());

  // And by the same ages when their process is gone, whoever finds them.
  const later = start({
    script: [],
    spool: { deadLetters: { maxAgeMillis: 1000 } },
    clock: fakeClock({ epochMillis: Date.now() + 6 * day }),
  });
  await later.clock.advance(MINUTE);
  expect(Object.keys(letters())).toHaveLength(1);
  await later.during(later.processor.shutdown());
  const muchLater = start({
    script: [],
    clock: fakeClock({ epochMillis: Date.now() + 7 * day + 20 * MINUTE }),
  });
  await muchLater.clock.advance(MINUTE);
  expect(letters()).toEqual({});
  expect(accountOf(muchLater)).toMatchObject({ recovered: 0, dropped: {} });
  expect(accountOf(muchLater).deadLettersDropped).toEqual({ spool_expired: expect.any(Number) });
});

test('they have bytes of their own: the oldest make room, and nothing that waits for delivery does', async () => {
  const maxBytes = 40_000;
  const life = start({
    script: [{ status: 400 }],
    spool: { segmentBytes: 8192, deadLetters: { maxBytes } },
  });
  for (let i = 0; i < 10; i++) {
    life.end(100);
    await life.during(life.processor.forceFlush(), 200);
  }
  const { 'otlp.traces.internal.http_400': bytes = 0 } = letters();
  expect(bytes).toBeLessThanOrEqual(maxBytes);
  expect(bytes).toBeGreaterThan(maxBytes / 2);
  expect(accountOf(life)).toMatchObject({ rejected: { http_400: 1000 }, dropped: {} });
  const { spool_full: gone = 0 } = accountOf(life).deadLettersDropped ?? {};
  expect(gone).toBeGreaterThan(0);
  expect(gone).toBeLessThan(1000);
});

test('none is kept where that is switched off, or where the spool is', async () => {
  for (const spool of [{ deadLetters: false as const }, { mode: 'off' as const }]) {
    const life = start({ spool });
    life.end(100);
    await life.during(life.processor.shutdown());
    expect(accountOf(life)).toMatchObject({ rejected: { http_400: 100 } });
  }
  const everything = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
  expect(everything.filter((name) => name.endsWith('.seg'))).toEqual([]);
});

test('a disk that takes no dead letters costs the letters and nothing else', async () => {
  const full = (): never => {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  };
  const life = start({ tools: { files: { writevSync: full } } });
  life.end(100);
  await life.during(life.processor.shutdown());
  expect(accountOf(life)).toMatchObject({ rejected: { http_400: 100 }, dropped: {}, inFlight: 0 });
});

test('what was spooled and is then refused is a dead letter as well, once', async () => {
  const life = start({ script: [...ONLY_503, { status: 503 }, { status: 400 }] });
  life.end(600, { name: 'spooled' });
  await life.during(life.processor.forceFlush(), 200);
  await life.clock.advance(60_000);
  expect(accountOf(life)).toMatchObject({ rejected: { http_400: 600 }, spooled: 0 });
  await life.during(life.processor.shutdown());

  const root = spoolIn(folder.path);
  const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.seg'))
    .map((name) => readFileSync(join(root, name), 'latin1'))
    .join('');
  expect(text.split('spooled')).toHaveLength(601);
});
