import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLedger, ledgerErrors } from './ledger-identity.ts';
import { Ledger } from './ledger.ts';

/** A pipeline that does no work but moves items the way a real one does. */
class Model {
  readonly ledger = new Ledger();
  undecided = 0;
  queued = 0;
  readonly inFlight = { a: 0, b: 0 };
  readonly spooled = { a: 0, b: 0 };

  constructor() {
    this.ledger.watch({ undecided: () => this.undecided, queued: () => this.queued });
    this.ledger.destination('a');
    this.ledger.destination('b');
  }
}

type Move = (model: Model, items: number, to: 'a' | 'b') => void;

function take(held: number, items: number): number {
  return Math.min(held, items);
}

const moves: Record<string, Move> = {
  endAndHold(model, items) {
    model.ledger.ended(items);
    model.undecided += items;
  },
  endWithFullQueue(model, items) {
    model.ledger.ended(items);
    model.ledger.dropped('queue_full', items);
  },
  keep(model, items) {
    const moved = take(model.undecided, items);
    model.undecided -= moved;
    model.queued += moved;
  },
  sampleOut(model, items) {
    const moved = take(model.undecided, items);
    model.undecided -= moved;
    model.ledger.sampledOut('rest', moved);
  },
  hand(model, items) {
    const moved = take(model.queued, items);
    model.queued -= moved;
    model.ledger.handed(moved);
    model.inFlight.a += moved;
    model.inFlight.b += moved;
  },
  export(model, items, to) {
    const moved = take(model.inFlight[to], items);
    model.inFlight[to] -= moved;
    model.ledger.destination(to).exported(moved);
  },
  reject(model, items, to) {
    const moved = take(model.inFlight[to], items);
    model.inFlight[to] -= moved;
    model.ledger.destination(to).rejected('400', moved);
  },
  drop(model, items, to) {
    const moved = take(model.inFlight[to], items);
    model.inFlight[to] -= moved;
    model.ledger.destination(to).dropped('retries_exhausted', moved);
  },
  spool(model, items, to) {
    const moved = take(model.inFlight[to], items);
    model.inFlight[to] -= moved;
    model.spooled[to] += moved;
    model.ledger.destination(to).spooled(moved);
  },
  unspool(model, items, to) {
    const moved = take(model.spooled[to], items);
    model.spooled[to] -= moved;
    model.inFlight[to] += moved;
    model.ledger.destination(to).unspooled(moved);
  },
  recover(model, items, to) {
    model.spooled[to] += items;
    model.ledger.destination(to).recovered(items);
  },
};

const steps = fc.array(
  fc.tuple(
    fc.constantFrom(...Object.values(moves)),
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom('a' as const, 'b' as const),
  ),
  { maxLength: 60 },
);

describe('the identities', () => {
  test('hold at any moment of any sequence of moves', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const model = new Model();
        for (const [move, items, to] of sequence) {
          move(model, items, to);
          expect(ledgerErrors(model.ledger.snapshot())).toEqual([]);
        }

        const { destinations } = model.ledger.snapshot();
        expect([destinations['a']?.inFlight, destinations['b']?.inFlight]).toEqual(
          Object.values(model.inFlight),
        );
        expect([destinations['a']?.spooled, destinations['b']?.spooled]).toEqual(
          Object.values(model.spooled),
        );
      }),
    );
  });

  test('break, and are reported, when items vanish anywhere', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (sequence, lost) => {
        const model = new Model();
        for (const [move, items, to] of sequence) move(model, items, to);

        model.ledger.ended(lost);

        expect(ledgerErrors(model.ledger.snapshot())).toHaveLength(1);
      }),
    );
  });

  test('break, and are reported, when a batch is acknowledged twice', () => {
    const model = new Model();
    model.ledger.ended(2);
    model.ledger.handed(2);
    model.ledger.destination('b').exported(2);

    model.ledger.destination('a').exported(2);
    model.ledger.destination('a').exported(2);

    expect(ledgerErrors(model.ledger.snapshot())).toEqual([
      'traces: in_flight to a is -2: something was counted twice',
    ]);
  });
});

test('a broken ledger is reported with all its numbers', () => {
  const ledger = new Ledger();
  ledger.ended(5);
  ledger.dropped('queue_full', 1);
  const snapshot = ledger.snapshot();

  expect(ledgerErrors(snapshot)).toEqual([
    'traces: ended 5 is not sampled_out 0 + undecided 0 + queued 0 + dropped 1 + handed 0 = 1',
  ]);
});

test('a broken destination is reported with all its numbers', () => {
  const ledger = new Ledger('logs');
  ledger.ended(3);
  ledger.destination('otlp');
  ledger.handed(3);
  const snapshot = ledger.snapshot();
  const otlp = {
    ...snapshot.destinations['otlp'],
    inFlight: 1,
  } as (typeof snapshot.destinations)[string];

  expect(ledgerErrors({ ...snapshot, destinations: { otlp } })).toEqual([
    'logs to otlp: handed 3 + recovered 0 = 3 is not exported 0 + rejected 0 + dropped 0 + in_flight 1 + spooled 0 = 1',
  ]);
});

test('a destination that is added later counts what it is given from then on', () => {
  const ledger = new Ledger();
  ledger.ended(3);
  ledger.handed(1);
  ledger.destination('late');
  ledger.handed(2);

  expect(ledger.snapshot().destinations['late']?.handed).toBe(2);
  expect(ledgerErrors(ledger.snapshot())).toEqual([]);
});

test('a rule named __proto__ is counted like any other', () => {
  const ledger = new Ledger();
  ledger.ended(1);
  ledger.sampledOut('__proto__', 1);

  expect(ledgerErrors(ledger.snapshot())).toEqual([]);
});

test('a ledger is printed on one line, with reasons', () => {
  const ledger = new Ledger();
  ledger.destination('otlp').recovered(1);
  ledger.ended(6);
  ledger.sampledOut('rest', 2);
  ledger.sampledOut('health', 1);
  ledger.handed(3);
  ledger.destination('otlp').exported(2);
  ledger.destination('otlp').rejected('400', 1);

  expect(formatLedger(ledger.snapshot())).toBe(
    'traces: ended 6 = sampled_out 3 (rest 2, health 1) + undecided 0 + queued 0 + dropped 0 + handed 3' +
      ' | otlp: handed 3 + recovered 1 = exported 2 + rejected 1 (400 1) + dropped 0 + in_flight 0 + spooled 1',
  );
});
