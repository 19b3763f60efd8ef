import type { SdkModules } from '@llm-otel/core/setup';

/** The OpenTelemetry SDK that is installed beside this package. Nothing is loaded until it is asked for. */
export const sdkModules: SdkModules = {
  trace: () => import('@opentelemetry/sdk-trace'),
  contextAsyncHooks: () => import('@opentelemetry/context-async-hooks'),
  metrics: () => import('@opentelemetry/sdk-metrics'),
  logs: () => import('@opentelemetry/sdk-logs'),
};
