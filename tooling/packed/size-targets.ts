/** An install whose packages are counted. */
export interface SizeTarget {
  readonly name: string;
  readonly install: readonly string[];
  /** Most packages the tree may hold, itself included. Absent: printed only. */
  readonly floor: number;
}

/** Target Z1. */
export const packageTargets: readonly SizeTarget[] = [
  { name: 'core', install: ['@llm-otel/core'], floor: 7 },
  { name: 'sdk, traces only', install: ['@llm-otel/sdk'], floor: 14 },
  {
    name: 'sdk, all signals',
    install: ['@llm-otel/sdk', '@opentelemetry/sdk-metrics', '@opentelemetry/sdk-logs'],
    floor: 17,
  },
];

/** Target Z2: cold import above the bare SDK's, in milliseconds. */
export const importTarget: { readonly floorMillis: number; readonly stretchMillis: number } = {
  floorMillis: 80,
  stretchMillis: 40,
};

/** The main package of a widely used rival, for comparison. Not measured here. */
export const rival: {
  readonly name: string;
  readonly packages: number;
  readonly megabytes: number;
  readonly importMillis: number;
  readonly source: string;
} = {
  name: 'Traceloop SDK',
  packages: 254,
  megabytes: 134,
  importMillis: 500,
  source: 'measured November 2026',
};
