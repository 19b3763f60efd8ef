import type { SpanLimits, TelemetryEnvironment } from '@llm-otel/core/setup';

/** Option over the span's own variable over the common one; absent: the SDK's 128. */
export function spanLimits(
  options: SpanLimits | undefined,
  environment: TelemetryEnvironment,
): SpanLimits {
  const { attributeCountLimit: common } = environment;
  return {
    attributeCountLimit:
      options?.attributeCountLimit ?? environment.spanAttributeCountLimit ?? common,
    eventCountLimit: options?.eventCountLimit ?? environment.spanEventCountLimit,
    linkCountLimit: options?.linkCountLimit ?? environment.spanLinkCountLimit,
    attributePerEventCountLimit:
      options?.attributePerEventCountLimit ?? environment.eventAttributeCountLimit ?? common,
    attributePerLinkCountLimit:
      options?.attributePerLinkCountLimit ?? environment.linkAttributeCountLimit ?? common,
  };
}
