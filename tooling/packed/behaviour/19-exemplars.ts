import assert from 'node:assert/strict';
import { observed, test } from './support.ts';

interface Collected {
  readonly scopeMetrics: readonly {
    readonly metrics: readonly {
      readonly descriptor: { readonly name: string };
      readonly dataPoints: readonly object[];
    }[];
  }[];
}

// A release that fails here has exemplars: then they are to be sent, and the README says that there are none.
test('the SDK collects no exemplars, also of what is measured inside a sampled span', async () => {
  const points: object[] = [];
  const exporter = {
    export(collected: unknown, done: (result: { code: 0 | 1 }) => void) {
      for (const { metrics } of (collected as Collected).scopeMetrics)
        for (const { descriptor, dataPoints } of metrics)
          if (descriptor.name === 'seconds') points.push(...dataPoints);
      done({ code: 0 });
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };

  await observed({ metrics: { exporter } }, (telemetry) => {
    const seconds = telemetry.meter('app').createHistogram('seconds');
    telemetry.tracer().startActiveSpan('measured', (span) => {
      seconds.record(0.5);
      span.end();
    });
  });

  assert.ok(points.length > 0);
  for (const point of points) assert.ok(!('exemplars' in point));
});
