import { type Counts, type LedgerSnapshot, total } from '@llm-otel/core';
import type { ProcessReport } from '../child-messages.ts';

/** One equation of the ledger: each column has its word, and the sign that stands in front of it. */
const ENDED: readonly Column<LedgerSnapshot>[] = [
  ['', 'ended', ({ ended }) => ended],
  ['=', 'sampled out', ({ sampledOut }) => total(sampledOut)],
  ['+', 'undecided', ({ undecided }) => undecided],
  ['+', 'queued', ({ queued }) => queued],
  ['+', 'dropped', ({ dropped }) => total(dropped)],
  ['+', 'handed', ({ handed }) => handed],
];

type Delivered = LedgerSnapshot['destinations'][string];

const DELIVERED: readonly Column<Delivered>[] = [
  ['', 'handed', ({ handed }) => handed],
  ['+', 'recovered', ({ recovered }) => recovered],
  ['=', 'exported', ({ exported }) => exported],
  ['+', 'rejected', ({ rejected }) => total(rejected)],
  ['+', 'dropped', ({ dropped }) => total(dropped)],
  ['+', 'in flight', ({ inFlight }) => inFlight],
  ['+', 'spooled', ({ spooled }) => spooled],
];

type Column<Row> = readonly [sign: '' | '=' | '+', word: string, value: (row: Row) => number];

/** The ledgers of all processes as two tables, one for each identity, with the reasons of what was left out. */
export function ledgerTable(processes: readonly ProcessReport[]): string[] {
  const ledgers = processes.flatMap(({ service, ledgers: all }) =>
    all.map((ledger) => ({ name: `${service} ${ledger.signal}`, ledger })),
  );
  const destinations = ledgers.flatMap(({ name, ledger }) =>
    Object.entries(ledger.destinations).map(([to, row]) => ({ name: `${name} → ${to}`, row })),
  );
  // A column that is zero everywhere stays when it can show a loss; `recovered` and `spooled` need a spool.
  const withSpool = destinations.some(({ row }) => row.recovered + row.spooled > 0);
  const delivered = DELIVERED.filter(
    ([, word]) => withSpool || !['recovered', 'spooled'].includes(word),
  );
  return [
    table(
      ENDED,
      ledgers.map(({ name, ledger }) => ({ name, row: ledger })),
    ),
    ledgers.flatMap(({ name, ledger }) =>
      reasons(`${name}, sampled out by rule`, ledger.sampledOut),
    ),
    ledgers.flatMap(({ name, ledger }) => reasons(`${name}, dropped`, ledger.dropped)),
    table(delivered, destinations),
    destinations.flatMap(({ name, row }) => reasons(`${name}, rejected`, row.rejected)),
    destinations.flatMap(({ name, row }) => reasons(`${name}, dropped`, row.dropped)),
  ].flat();
}

function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly { readonly name: string; readonly row: Row }[],
): string[] {
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  const line = (name: string, cell: (column: Column<Row>) => string): string =>
    `  ${name.padEnd(width)}${columns
      .map((column) => `${column[0].padStart(2)} ${cell(column).padStart(column[1].length)}`)
      .join('')}`;
  return [
    line('', ([, word]) => word),
    ...rows.map(({ name, row }) => line(name, ([, , value]) => String(value(row)))),
  ];
}

function reasons(what: string, counts: Counts): string[] {
  const list = Object.entries(counts).map(([reason, count]) => `${reason} ${count}`);
  return list.length === 0 ? [] : [`  ${what}: ${list.join(', ')}`];
}
