import type { DiagLogger } from '@opentelemetry/api';

const METHODS = ['error', 'warn', 'info', 'debug', 'verbose'] as const;
// Where every 1.x copy of the API keeps what is registered.
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/**
 * Tells whether OpenTelemetry itself is writing its diagnostics right now. A diagnostic that goes to the console and
 * from there into the logs would be exported, fail as the one before, and be told again, for ever.
 */
class DiagWatch {
  #watched: object | undefined;
  #depth = 0;

  get isWriting(): boolean {
    this.#watch();
    return this.#depth > 0;
  }

  /** Whether there is a logger for them. */
  get isListening(): boolean {
    return registeredLogger() !== undefined;
  }

  /** Looks at the logger that is registered now: it may have been set or replaced since. */
  #watch(): void {
    const logger = registeredLogger();
    if (logger === undefined || logger === this.#watched) return;
    this.#watched = logger;
    for (const name of METHODS) {
      const write = logger[name].bind(logger);
      try {
        logger[name] = (...args) => {
          this.#depth++;
          try {
            write(...args);
          } finally {
            this.#depth--;
          }
        };
      } catch {
        // A frozen logger cannot be watched.
        return;
      }
    }
  }
}

/** One for all bridges: each would wrap the logger once more. */
export const diagWatch: DiagWatch = new DiagWatch();

function registeredLogger(): DiagLogger | undefined {
  const registry = Reflect.get(globalThis, REGISTRY) as { diag?: DiagLogger } | undefined;
  return registry?.diag;
}
