// An application that observes its clients itself.
import { instrument as instrumentAnthropic } from '@llm-otel/instrumentation-anthropic';
import { instrument as instrumentGoogle } from '@llm-otel/instrumentation-google-genai';
import { instrument as instrumentBedrock } from '@llm-otel/instrumentation-bedrock';
import { instrument as instrumentMcp } from '@llm-otel/instrumentation-mcp';
import { instrument as instrumentOpenAi } from '@llm-otel/instrumentation-openai';
import { createLangChainHandler } from '@llm-otel/instrumentation-langchain';
import { instrumentAiSdk } from '@llm-otel/instrumentation-ai-sdk';
import { startTelemetry } from '@llm-otel/sdk';
import { makeCalls, makeClients } from './calls.mjs';

async function main() {
  const telemetry = await startTelemetry({ serviceName: 'parcel-desk' });
  instrumentAiSdk();
  const { openai, anthropic, google, bedrock, server, client } = makeClients();
  await makeCalls(
    {
      openai: instrumentOpenAi(openai),
      anthropic: instrumentAnthropic(anthropic),
      google: instrumentGoogle(google),
      bedrock: instrumentBedrock(bedrock),
      server: instrumentMcp(server),
      client: instrumentMcp(client),
    },
    [createLangChainHandler()],
  );
  await telemetry.shutdown();
}

void main();
