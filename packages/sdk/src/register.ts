// For `node --import @llm-otel/sdk/register`: telemetry from environment variables alone, without a line of code.
// Node.js waits for this module, so that telemetry runs before the first line of the application does.
import { readVariable } from '@llm-otel/core/setup';
import { loadUpstream } from './load-upstream.ts';
import { observeClients } from './observe-clients.ts';
import { startTelemetry } from './start-telemetry.ts';

const telemetry = await startTelemetry({ processEnd: true });
if (telemetry.enabled) {
  const observed = await observeClients({ content: telemetry.content });
  await loadUpstream(readVariable(process.env, 'enabledInstrumentations'), observed);
}
