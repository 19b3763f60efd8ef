import { startTelemetry } from '@llm-otel/sdk';
import { compare } from '@llm-otel/tooling/bench';

// The whole life of telemetry that is switched off, once the module is loaded: what it costs to have it in an
// application. That nothing more is loaded is held by a test.
const environment = { ...process.env, OTEL_SDK_DISABLED: 'true' };

compare({
  id: 'R010',
  title: 'start and shutdown with telemetry disabled',
  baseline: { name: 'empty async functions', run: async () => (await nothing(), await nothing()) },
  ours: {
    name: 'startTelemetry',
    run: async () => {
      const telemetry = await startTelemetry({ environment });
      return telemetry.shutdown();
    },
  },
  floor: { maxNanos: 1_000_000 },
});

async function nothing(): Promise<void> {}
