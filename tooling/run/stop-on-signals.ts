import { constants } from 'node:os';

/** Turns Ctrl-C and termination into an abort, so that children end before this process does. */
export function stopOnSignals(): { signal: AbortSignal; exitCode: () => number | undefined } {
  const controller = new AbortController();
  let code: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      code = 128 + constants.signals[name];
      controller.abort(name);
    });
  }
  return { signal: controller.signal, exitCode: () => code };
}
