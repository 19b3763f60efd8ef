export const MODES = ['without', 'disabled', '10 %', '100 %'] as const;

/** What a process of the support desk is to do. */
export interface Load {
  /** Telemetry: none at all, switched off, or with so many of the traces. */
  readonly mode: (typeof MODES)[number];
  readonly tickets: number;
  readonly warmUp: number;
  readonly concurrency: number;
  /** Billing and rates. */
  readonly servicesUrl: string;
}

/** What it took, per ticket and for the process. */
export interface TicketFigures {
  readonly cpuMillis: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
  readonly heapMegabytes: number;
  readonly rssMegabytes: number;
  /** Spans that got lost. */
  readonly dropped: number;
}
