import type { SdkModules } from '@llm-otel/core/setup';
import { rethrow } from './rethrow.ts';

/** The OpenTelemetry SDK that is installed beside this package. Nothing is loaded until it is asked for. */
export const sdkModules: SdkModules = {
  trace: () => import('@opentelemetry/sdk-trace'),
  contextAsyncHooks: () => import('@opentelemetry/context-async-hooks'),
  metrics: () => import(/* turbopackOptional: true */ '@opentelemetry/sdk-metrics').catch(rethrow),
  logs: () => import(/* turbopackOptional: true */ '@opentelemetry/sdk-logs').catch(rethrow),
};
