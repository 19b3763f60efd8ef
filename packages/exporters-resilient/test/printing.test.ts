import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LedgerSnapshot } from '@llm-otel/core';
import { total } from '@llm-otel/core';
import { unreachableUrl } from '@llm-otel/testing';
import { expect, test } from 'vitest';

interface Printed {
  readonly code: number | null;
  readonly lines: number;
  readonly ledger: LedgerSnapshot & { readonly errors: string[]; readonly longest: number };
}

/** The application with somebody at the other end of its standard output. */
async function printing(
  what: string,
  reader: (child: ChildProcess) => void,
  url = '',
): Promise<Printed> {
  const app = join(import.meta.dirname, 'fixtures/printing-app.ts');
  const child = spawn(process.execPath, [app, what, url], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let lines = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
  });
  reader(child);
  const code = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  if (!said.startsWith('{')) throw new Error(said);
  return { code, lines, ledger: JSON.parse(said) as Printed['ledger'] };
}

const readsAll = (): void => undefined;
const readsNothing = (child: ChildProcess): void => void child.stdout?.pause();
/** As `head -1` does. */
const readsSomeAndLeaves = (child: ChildProcess): void =>
  void child.stdout?.once('data', () => child.stdout?.destroy());
/** A little in each turn. */
const readsSlowly = (child: ChildProcess): void => {
  child.stdout?.pause();
  setInterval(() => void child.stdout?.read(4096), 20).unref();
};

test('to one that reads, every line is printed and counted', async () => {
  const { code, lines, ledger } = await printing('print', readsAll);

  expect([code, ledger.errors]).toEqual([0, []]);
  expect(ledger.destinations).toMatchObject({ console: { exported: 3000 } });
  expect(lines).toBe(3000);
});

test.each([
  ['that leaves after the first line', 'print', readsSomeAndLeaves],
  ['of a chain that leaves after the first line', 'fallback', readsSomeAndLeaves],
  ['that never reads', 'print', readsNothing],
  ['of a chain that never reads', 'fallback', readsNothing],
  ['that reads slowly', 'print', readsSlowly],
] as const)(
  'a reader %s ends nothing, and each line that it did not get is counted',
  async (_who, what, reader) => {
    const { code, ledger } = await printing(what, reader, `${await unreachableUrl()}/v1/traces`);

    const { exported, dropped } = Object.values(ledger.destinations)[0]!;
    expect([code, ledger.errors, ledger.ended]).toEqual([0, [], 3000]);
    expect(exported).toBeLessThan(3000);
    expect(exported + total(dropped) + total(ledger.dropped)).toBe(3000);
  },
);

test.each(['replaced', 'ended'])(
  'a standard output that was %s ends nothing, and all lines are counted as lost',
  async (what) => {
    const { code, ledger } = await printing(what, readsAll);

    expect([code, ledger.errors]).toEqual([0, []]);
    const { exported, dropped } = ledger.destinations['console']!;
    expect([exported, total(dropped)]).toEqual([0, 3000]);
  },
);
