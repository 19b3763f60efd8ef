import type { DiagLogger } from '@opentelemetry/api';
import { registered } from './api-registry.ts';

const METHODS = ['error', 'warn', 'info', 'debug', 'verbose'] as const;

/**
 * Passes everything that is told through `diag` from now on through `rewrite`, whoever tells it and whoever's logger is
 * registered. Returns a function that ends it. A logger that is registered later gets the lines as they are told.
 * @param rewrite - must not throw; lines that it causes itself are passed on as they are
 */
export function rewriteDiagnostics(rewrite: (part: unknown) => unknown): () => void {
  const logger = registered('diag') as DiagLogger | undefined;
  if (logger === undefined) return () => undefined;
  let isOver = false;
  let isRewriting = false;

  function rewritten(parts: readonly unknown[]): unknown[] {
    if (isOver || isRewriting) return [...parts];
    isRewriting = true;
    try {
      return parts.map((part) => rewrite(part));
    } finally {
      isRewriting = false;
    }
  }

  const undo = METHODS.map((method) => {
    const write = logger[method];
    // The API puts a function without a name where a level is not told: what nobody reads is not worth the work.
    if (write.name === '') return () => undefined;
    const ours: DiagLogger[typeof method] = (...parts) =>
      write.apply(logger, rewritten(parts) as Parameters<typeof write>);
    logger[method] = ours;
    return () => {
      // Somebody else may have put a function around ours.
      if (logger[method] === ours) logger[method] = write;
    };
  });
  return () => {
    isOver = true;
    for (const takeBack of undo) takeBack();
  };
}
