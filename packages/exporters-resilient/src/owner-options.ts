import { type Clock, InvalidOptionError } from '@llm-otel/core';
import type { Destination } from './destination.ts';
import { functionOption, kindOf, methodsOption, numberOption } from './options.ts';
import type { Spool } from './spool/spool.ts';

const CLOCK_METHODS = ['epochMillis', 'monotonicMillis', 'setTimer', 'clearTimer'];

/** What processors and exporters have in common, beside numbers. */
export interface OwnerOptions {
  readonly destinations: readonly Destination[];
  readonly spool?: Spool | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** Throws {@link InvalidOptionError} for what is of another kind than it should be. */
export function checkOwner({ destinations, spool, clock, random }: OwnerOptions): void {
  checkDestinations(destinations, 1);
  methodsOption('spool', spool, ['open'], 'what diskSpool() of the /spool entry point returns');
  checkClock(clock);
  functionOption('random', random, 'a function that returns a number from 0 up to 1');
}

const REQUEST_BYTES = 4 * 1024 * 1024;
// One request would else push everything else out of the spool.
const SHARE_OF_SPOOL = 8;

/** Bytes of a request: 4 MiB, or an eighth of what the spool keeps. Throws {@link InvalidOptionError}, also for more than the spool can keep. */
export function requestBytesOption(
  option: string,
  value: number | undefined,
  spool: Spool | undefined,
): number {
  const { maxBytes = Infinity } = spool ?? {};
  const bytes = numberOption(option, value, Math.min(REQUEST_BYTES, maxBytes / SHARE_OF_SPOOL), {
    min: 1,
  });
  if (bytes <= maxBytes) return bytes;
  throw new InvalidOptionError({
    option,
    value: bytes,
    use: `at most what the spool keeps (spool.maxBytes, ${maxBytes}), better an eighth of it; or a larger spool.maxBytes`,
  });
}

export function checkClock(clock: Clock | undefined): void {
  methodsOption('clock', clock, CLOCK_METHODS, `an object with ${CLOCK_METHODS.join(', ')}`);
}

/** Throws {@link InvalidOptionError} unless there are so many destinations or more, each with a name of its own. */
export function checkDestinations(destinations: readonly Destination[], least: number): void {
  const use =
    least === 1
      ? 'at least one destination, such as otlpDestination({ url })'
      : 'at least two destinations, the preferred one first';
  if (!Array.isArray(destinations))
    throw new InvalidOptionError({
      option: 'destinations',
      value: kindOf(destinations),
      use: `an array of ${use}`,
    });
  if (destinations.length < least)
    throw new InvalidOptionError({
      option: 'destinations',
      value: destinations.map((destination) => (destination as Partial<Destination>).name),
      use,
    });
  const names = new Set<string>();
  for (const [index, destination] of destinations.entries()) {
    const option = `destinations[${index}]`;
    if (destination === undefined)
      throw new InvalidOptionError({ option, value: undefined, use: 'a destination' });
    methodsOption(
      option,
      destination,
      ['open'],
      'a destination: an exporter becomes one with exporterDestination(name, exporter)',
    );
    checkName(destination.name, `${option}.name`);
    if (names.has(destination.name))
      throw new InvalidOptionError({
        option: `${option}.name`,
        value: destination.name,
        use: 'a name that no other destination has: the ledger counts by name',
      });
    names.add(destination.name);
  }
}

/** Throws {@link InvalidOptionError} unless `name` can name a destination, in the ledger and in the spool. */
export function checkName(name: string | undefined, option: string = 'name'): void {
  if (typeof name === 'string' && name !== '') return;
  throw new InvalidOptionError({
    option,
    value: name,
    use: 'a short text: it names the destination in the ledger and in the log',
  });
}
