// Random trees of model calls, each seen by nobody, one or several.
import * as fc from 'fast-check';

/** Who sees that a client is asked. `both`: another library, inside of us. `framework`: another library's, around one of its own. */
export type Observer = 'us' | 'another' | 'both' | 'twice' | 'framework';

/** A client that is asked. */
export interface Client {
  readonly kind: 'client';
  readonly observer: Observer;
  readonly isOther: boolean;
  readonly hasId: boolean;
  /** Of two that see it the one inside knows the input alone. */
  readonly isPart: boolean;
  /** Asked before, and refused. */
  readonly isRefusedBefore: boolean;
}

export type Recorded = 'nothing' | 'last' | 'sum' | 'sum and id' | 'each' | 'any' | 'one inside';

/** One of ours around others. */
export interface Around {
  readonly kind: 'around';
  readonly inside: readonly Node[];
  readonly recorded: Recorded;
  readonly pick: number;
  readonly isParallel: boolean;
  /** It asks a client itself as well, which nobody else sees. */
  readonly asks: boolean;
  readonly hasId: boolean;
}

/** One of ours around a generator that asks several clients, one behind the other. */
export interface Streamed {
  readonly kind: 'streamed';
  readonly inside: readonly Client[];
  readonly isWrappedTwice: boolean;
}

interface Grouped {
  readonly kind: 'step' | 'tool';
  readonly inside: readonly Node[];
}

export type Node = Client | Around | Streamed | Grouped;

const client = fc.record({
  kind: fc.constant('client' as const),
  observer: fc.constantFrom<Observer>('us', 'another', 'both', 'twice', 'framework'),
  isOther: fc.boolean(),
  hasId: fc.boolean(),
  isPart: fc.boolean(),
  isRefusedBefore: fc.nat(4).map((n) => n === 4),
});

const streamed = fc.record({
  kind: fc.constant('streamed' as const),
  inside: fc.array(client, { minLength: 1, maxLength: 3 }),
  isWrappedTwice: fc.boolean(),
});

function node(depth: number): fc.Arbitrary<Node> {
  if (depth === 0) return fc.oneof(client, streamed);
  const inside = fc.array(node(depth - 1), { minLength: 1, maxLength: 3 });
  const around = fc.record({
    kind: fc.constant('around' as const),
    inside,
    recorded: fc.constantFrom<Recorded>(
      'nothing',
      'last',
      'sum',
      'sum and id',
      'each',
      'any',
      'one inside',
    ),
    pick: fc.nat(),
    isParallel: fc.boolean(),
    asks: fc.nat(4).map((n) => n === 4),
    hasId: fc.boolean(),
  });
  const grouped = fc.record({ kind: fc.constantFrom('step' as const, 'tool' as const), inside });
  return fc.oneof(
    { weight: 2, arbitrary: client },
    { weight: 1, arbitrary: streamed },
    { weight: 5, arbitrary: around },
    { weight: 1, arbitrary: grouped },
  );
}

/** What a run does, up to four layers deep. */
export const plans: fc.Arbitrary<Node[]> = fc.array(node(4), { minLength: 1, maxLength: 3 });
