import type { CliIo } from '@llm-otel/core';

/** Whether somebody is there who can be asked. */
export function canAsk(io: CliIo): boolean {
  return (
    io.stderr.columns !== undefined &&
    io.stdin !== undefined &&
    (io.stdin as { readonly isTTY?: boolean }).isTTY === true
  );
}

/** Asks at the terminal. Anything but `yes` is no, and so is Ctrl-C. */
export async function confirm(question: string, io: CliIo): Promise<boolean> {
  io.stderr.write(`${question} Type yes: `);
  const answers = io.stdin![Symbol.asyncIterator]();
  const interrupted = new Promise<undefined>((resolve) => {
    if (io.signal.aborted) resolve(undefined);
    io.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const decoder = new TextDecoder();
  let line = '';
  while (!line.includes('\n')) {
    const next = await Promise.race([answers.next(), interrupted]);
    if (next === undefined || next.done === true) break;
    line += decoder.decode(next.value, { stream: true });
  }
  // A terminal that is still being read would keep the process.
  (io.stdin as { destroy?: () => void }).destroy?.();
  return line.trim().toLowerCase() === 'yes';
}
