import type { Ending } from '@llm-otel/llm-conventions';

/** The process ended with a code other than 0, or by a signal. */
class ProcessFailure extends Error {
  /** The signal, as `error.type`. */
  readonly code: string | undefined;

  constructor(code: unknown, signal: unknown) {
    const signalled = typeof signal === 'string' && signal !== '';
    super(
      signalled ? `the process was ended by ${signal}` : `the process exited with ${String(code)}`,
    );
    this.name = 'ProcessFailure';
    this.code = signalled ? signal : undefined;
  }
}

/** Whether the event of a child process of Node.js tells how it ended: with its code and its signal. */
export function isProcessEnd(emitter: object, event: string): boolean {
  return (
    (event === 'exit' || event === 'close') && 'exitCode' in emitter && 'signalCode' in emitter
  );
}

/** Ends the operation as the process did. */
export function endAsProcess(operation: Ending, code: unknown, signal: unknown): void {
  if (typeof code === 'number' && 'recordExitCode' in operation)
    (operation as { recordExitCode(code: number): void }).recordExitCode(code);
  if (code === 0) operation.end();
  else operation.fail(new ProcessFailure(code, signal));
}
