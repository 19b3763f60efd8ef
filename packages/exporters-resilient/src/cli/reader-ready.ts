import type { CliOutput } from '@llm-otel/core';

/** Resolves when the reader of an output whose `write` said false has taken what it holds, is gone, or nobody wants more: what is written meanwhile would fill the memory. */
export async function readerReady(output: CliOutput, signal: AbortSignal): Promise<void> {
  if (output.once === undefined) {
    await new Promise((resolve) => setImmediate(resolve));
    return;
  }
  let goOn = (): void => undefined;
  await new Promise<void>((resolve) => {
    goOn = resolve;
    output.once?.('drain', goOn);
    output.once?.('close', goOn);
    signal.addEventListener('abort', goOn, { once: true });
    if (signal.aborted) goOn();
  });
  // Or some of them would be left of each wait.
  output.off?.('drain', goOn);
  output.off?.('close', goOn);
  signal.removeEventListener('abort', goOn);
}
