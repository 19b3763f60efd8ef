import { MissingPeerError } from '@llm-otel/core';
import { loadPeer } from '@llm-otel/core/setup';
import { diag, type MeterProvider } from '@opentelemetry/api';
import { rethrow } from './rethrow.ts';

/**
 * Starts the metrics of the process and its host (`@opentelemetry/instrumentation-host-metrics`) and of the event loop, the
 * heap and the garbage collector (`@opentelemetry/instrumentation-runtime-node`), whichever of the two is installed.
 * Returns what stops them.
 * @throws MissingPeerError with `strict`, where neither is installed
 */
export async function startRuntimeMetrics(
  meterProvider: MeterProvider,
  { strict }: { readonly strict: boolean },
): Promise<() => void> {
  const stop: (() => void)[] = [];
  let missing: unknown;
  const attempt = async (start: () => Promise<() => void>): Promise<void> => {
    try {
      stop.push(await start());
    } catch (error) {
      missing = error;
      if (!isMissing(error)) throw error;
    }
  };
  await attempt(() => hostMetrics(meterProvider));
  await attempt(() => runtimeMetrics(meterProvider));
  if (stop.length === 0) {
    if (strict) throw missing;
    diag.warn(`llm-otel: there are no metrics of the runtime: ${String(missing)}`);
  }
  return () => {
    for (const each of stop) each();
  };
}

async function hostMetrics(meterProvider: MeterProvider): Promise<() => void> {
  try {
    return await instrumentHost(meterProvider);
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Its predecessor, which says on every start that it is one.
    return startHostMetrics(meterProvider).catch((older: unknown) => {
      throw isMissing(older) ? error : older;
    });
  }
}

const HOST = 'metrics of the process and its host';

async function instrumentHost(meterProvider: MeterProvider): Promise<() => void> {
  const { HostMetricsInstrumentation } = await loadPeer(
    '@opentelemetry/instrumentation-host-metrics',
    HOST,
    () =>
      import(/* turbopackOptional: true */ '@opentelemetry/instrumentation-host-metrics').catch(
        rethrow,
      ),
  );
  // Enabled by its constructor it would observe for the global provider as well, for good.
  const instrumentation = new HostMetricsInstrumentation({ enabled: false });
  instrumentation.setMeterProvider(meterProvider);
  instrumentation.enable();
  return () => instrumentation.disable();
}

async function startHostMetrics(meterProvider: MeterProvider): Promise<() => void> {
  const { HostMetrics } = await loadPeer('@opentelemetry/host-metrics', HOST, () =>
    import(/* turbopackOptional: true */ '@opentelemetry/host-metrics').catch(rethrow),
  );
  new HostMetrics({ meterProvider }).start();
  // It cannot be stopped, and is not asked once its provider is shut down.
  return () => undefined;
}

async function runtimeMetrics(meterProvider: MeterProvider): Promise<() => void> {
  const { RuntimeNodeInstrumentation } = await loadPeer(
    '@opentelemetry/instrumentation-runtime-node',
    'metrics of the event loop',
    () =>
      import(/* turbopackOptional: true */ '@opentelemetry/instrumentation-runtime-node').catch(
        rethrow,
      ),
  );
  const instrumentation = new RuntimeNodeInstrumentation();
  instrumentation.setMeterProvider(meterProvider);
  return () => instrumentation.disable();
}

function isMissing(error: unknown): boolean {
  return MissingPeerError.is(error) && error.code === 'LLM_OTEL_MISSING_PEER';
}
