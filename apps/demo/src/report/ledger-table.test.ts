import { Ledger } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { ledgerTable } from './ledger-table.ts';

function ledger(): Ledger {
  const traces = new Ledger('traces');
  const otlp = traces.destination('otlp');
  traces.ended(10);
  traces.sampledOut('routine', 6);
  traces.dropped('queue_full', 1);
  traces.handed(3);
  otlp.exported(2);
  otlp.rejected('http_400', 1);
  return traces;
}

const report = (traces: Ledger) => ({
  service: 'desk',
  ledgers: [traces.snapshot()],
  redacted: {},
});

test('both identities are written as equations, with the reasons of what did not arrive', () => {
  expect(ledgerTable([report(ledger())])).toEqual([
    '                ended = sampled out + undecided + queued + dropped + handed',
    '  desk traces      10 =           6 +         0 +      0 +       1 +      3',
    '  desk traces, sampled out by rule: routine 6',
    '  desk traces, dropped: queue_full 1',
    '                       handed = exported + rejected + dropped + in flight',
    '  desk traces → otlp        3 =        2 +        1 +       0 +         0',
    '  desk traces → otlp, rejected: http_400 1',
  ]);
});

test('a spool adds what was recovered from it and what waits in it', () => {
  const traces = ledger();
  traces.destination('otlp').recovered(4);

  const [heading, row] = ledgerTable([report(traces)]).slice(-3);

  expect(heading).toContain('handed + recovered = exported');
  expect(heading).toContain('+ spooled');
  expect(row).toMatch(/3 \+ +4 = .* 4$/);
});
