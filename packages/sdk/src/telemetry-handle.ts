import type { LedgerSnapshot, TimeLimit } from '@llm-otel/core';
import type { FlushReport, Providers } from '@llm-otel/core/setup';
import type { Redactor } from '@llm-otel/redaction';
import { diag, metrics } from '@opentelemetry/api';
import { flushContent } from './flush-content.ts';
import type { Pipelines } from './pipelines.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import type { Telemetry, TelemetryReport } from './telemetry.ts';
import { withUndelivered } from './undelivered.ts';

const SCOPE = '@llm-otel/sdk';

export interface TelemetryParts extends Pick<Telemetry, 'content' | 'exceptions' | 'preset'> {
  readonly options: TelemetryOptions;
  readonly providers: Providers;
  readonly redactor: Redactor;
  readonly updateRedaction: Telemetry['updateRedaction'];
  readonly ledgers: () => LedgerSnapshot[];
  readonly held: Pipelines['held'];
  /** Where spans go, unless they go nowhere. */
  readonly spans: Pipelines['spans'];
  /** Of a flush that is not told a limit. */
  readonly flushTimeoutMillis: number;
  /** Of a shutdown that is not told a limit; absent: as the providers do. */
  readonly shutdownTimeoutMillis: number | undefined;
  /** Called as the shutdown begins. */
  readonly beforehand: () => void;
  /** Called when everything was shut down. */
  readonly afterwards: () => void;
}

/** The handle of telemetry that runs. */
export function telemetryHandle({
  options,
  preset,
  content,
  exceptions,
  providers,
  redactor,
  updateRedaction,
  ledgers,
  held,
  spans,
  flushTimeoutMillis,
  shutdownTimeoutMillis,
  beforehand,
  afterwards,
}: TelemetryParts): Telemetry {
  const { tracerProvider, meterProvider, loggerProvider } = providers;
  let told: readonly LedgerSnapshot[] = [];
  const reportOf = (report: FlushReport): TelemetryReport => {
    const now = ledgers();
    const whole = withUndelivered(report, told, now, held);
    told = now;
    return whole;
  };
  let ending: Promise<TelemetryReport> | undefined;
  // What came after the shutdown is lost, and asking again tells it.
  const withLater = (report: TelemetryReport): TelemetryReport => {
    const later = withUndelivered({ complete: true, problems: [] }, told, ledgers(), held);
    if (later.complete) return report;
    return {
      ...report,
      complete: false,
      problems: [...report.problems, ...later.problems.map((lost) => `after the shutdown ${lost}`)],
      rejected: report.rejected + later.rejected,
      dropped: report.dropped + later.dropped,
    };
  };
  const shutDown = async (timeoutMillis?: number): Promise<TelemetryReport> => {
    beforehand();
    const report = reportOf(await providers.shutdown({ timeoutMillis }));
    await flushContent(options.contentStore, timeoutMillis ?? flushTimeoutMillis);
    afterwards();
    return report;
  };
  const telemetry: Telemetry = {
    enabled: true,
    preset,
    content,
    exceptions,
    tracer: (name = SCOPE, version) => tracerProvider.getTracer(name, version),
    meter: (name = SCOPE, version) => (meterProvider ?? metrics).getMeter(name, version),
    logger: (name = SCOPE, version) =>
      loggerProvider?.getLogger(name, version) ?? { emit: () => undefined },
    ledger: ledgers,
    redactions: () => redactor.report(),
    updateRedaction,
    ready: (limit) => spans?.ready(limit) ?? Promise.resolve(ending === undefined),
    async forceFlush(limit) {
      const timeoutMillis = millisOf(limit) ?? flushTimeoutMillis;
      if (ending !== undefined) return withLater(await ending);
      const report = reportOf(await providers.forceFlush({ timeoutMillis }));
      await flushContent(options.contentStore, timeoutMillis);
      return report;
    },
    shutdown: (limit) =>
      ending === undefined
        ? (ending = shutDown(millisOf(limit) ?? shutdownTimeoutMillis))
        : ending.then(withLater),
    [Symbol.asyncDispose]: async () => void (await telemetry.shutdown()),
  };
  return telemetry;
}

// The longest that a timer of Node.js waits. It warns of more, and does not wait at all.
const LONGEST_MILLIS = 2 ** 31 - 1;

/** Neither rejects: a limit that is none is told, and the default holds. */
function millisOf(limit: TimeLimit | null | undefined): number | undefined {
  const timeoutMillis = limit?.timeoutMillis;
  if (timeoutMillis === undefined) return undefined;
  if (timeoutMillis >= 0) return Math.min(timeoutMillis, LONGEST_MILLIS);
  diag.warn(
    `llm-otel: timeoutMillis is ${String(timeoutMillis)}: use a number of at least 0; the default holds`,
  );
  return undefined;
}
