const SDKS = /^@llm-otel\/sdk|^@opentelemetry\/(?:sdk-node|auto-instrumentations)/;
const WORDS = /^(?:open)?(?:otel|telemetry)$|^trac(?:ing|er)$|^instrument(?:s|ed|ation|ations)?$/i;

/** Whether a package or a file is called as what starts telemetry: `./initOtel.js`, not `./hotel-search.js`. */
export function isTelemetryName(specifier: string): boolean {
  if (SDKS.test(specifier)) return true;
  return specifier.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((word) => WORDS.test(word));
}
