import { FailureLog } from '@llm-otel/core';

const failures = new FailureLog();

let registry: FinalizationRegistry<() => void> | undefined;

/**
 * Calls back when nobody has `target` any more. The callback must not hold it. Not in every edge runtime: there, what is dropped stays
 * open until its run ends.
 */
export function whenDropped(target: object, callback: () => void): void {
  if (typeof FinalizationRegistry === 'undefined') return;
  registry ??= new FinalizationRegistry((dropped) =>
    // Nobody is above it: what it threw would end the process.
    failures.guard('ending what was dropped', dropped),
  );
  registry.register(target, callback);
}
