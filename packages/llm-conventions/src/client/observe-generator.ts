import { overrideMember } from './override-member.ts';

/** What a client that has no stream class of its own answers with: an object that is its own iterator. */
export interface ClientGenerator extends AsyncIterableIterator<unknown> {
  next(...values: readonly unknown[]): Promise<IteratorResult<unknown>>;
  return(value?: unknown): Promise<IteratorResult<unknown>>;
  throw(error?: unknown): Promise<IteratorResult<unknown>>;
}

const STEPS = ['next', 'return', 'throw'] as const;

export function isClientGenerator(value: unknown): value is ClientGenerator {
  if (typeof value !== 'object' || value === null || !(Symbol.asyncIterator in value)) return false;
  const members = value as Partial<ClientGenerator>;
  return STEPS.every((step) => typeof members[step] === 'function');
}

/**
 * Observes a generator in place: the application keeps the client's own object, and each step of it is one of what `watch` makes of
 * the generator as it was.
 */
export function observeGenerator(
  generator: ClientGenerator,
  watch: (bare: ClientGenerator) => ClientGenerator,
): void {
  const [next, leave, fail] = STEPS.map((step) => generator[step].bind(generator));
  // Its steps are taken once, and not for each chunk.
  const watched = watch({
    next,
    return: leave,
    throw: fail,
    [Symbol.asyncIterator]() {
      return this;
    },
  } as ClientGenerator);
  for (const step of STEPS) overrideMember(generator, step, watched[step].bind(watched));
}
