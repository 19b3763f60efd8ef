import { test as nodeTest } from 'node:test';

/** A test of the suite. Bounded: a hang is a failure with a name. */
export function test(name: string, body: () => void | Promise<void>): void {
  void nodeTest(name, { timeout: 20_000 }, body);
}
