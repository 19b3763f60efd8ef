// An application as its owner wrote it: clients and instrumentations of others, which know nothing of us, and a person who
// pastes secrets into the chat. Started as a process of its own, so that its output is that of an application.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { startTelemetry } from '@llm-otel/sdk';
import { plantedSecrets } from './planted-secrets.ts';

const { THIRD_PARTY, EMULATOR, RECEIVER, SPOOL } = process.env as Record<string, string>;
const require = createRequire(`${THIRD_PARTY}/package.json`);

/* oxlint-disable typescript/no-explicit-any -- libraries that are not among the dependencies have no types here */
async function load(name: string): Promise<any> {
  return import(pathToFileURL(require.resolve(name)).href);
}

const { password, ...known } = plantedSecrets;
const said = Object.values(known).join(' and ');
const question = `My login fails. I use ${said}. password: "${password}"`;

const telemetry = await startTelemetry({
  environment: {},
  endpoint: RECEIVER!,
  serviceName: 'desk',
  content: 'span',
  logLevel: 'all',
  logs: true,
  retry: { initialDelayMillis: 20, maxDelayMillis: 50 },
  redaction: { version: 1, presets: ['secrets', 'pii'] },
  ...(SPOOL === undefined ? undefined : { spool: { directory: SPOOL } }),
});

const openai = require('openai');
const { OpenAIInstrumentation: Traceloop } = await load('@traceloop/instrumentation-openai');
const { OpenAIInstrumentation: OpenInference } = await load(
  '@arizeai/openinference-instrumentation-openai',
);
new Traceloop({ traceContent: true }).manuallyInstrument(openai.OpenAI);
new OpenInference().manuallyInstrument(openai);

const client = new openai.OpenAI({
  baseURL: EMULATOR,
  apiKey: plantedSecrets.openai,
  maxRetries: 0,
});
const messages = [
  { role: 'system', content: `You know that the key is ${plantedSecrets.github}.` },
  { role: 'user', content: question },
];
await client.chat.completions.create({ model: 'gpt-5-mini', messages });
for await (const _ of await client.chat.completions.create({
  model: 'gpt-5-mini',
  messages,
  stream: true,
}));
await client.embeddings.create({ model: 'text-embedding-3-small', input: question });

const ai = await load('ai');
const { OpenTelemetry, LegacyOpenTelemetry } = await load('@ai-sdk/otel');
const { createOpenAI } = await load('@ai-sdk/openai');
const provider = createOpenAI({ baseURL: EMULATOR, apiKey: plantedSecrets.openai });
for (const integration of [OpenTelemetry, LegacyOpenTelemetry]) {
  if (integration === undefined) continue;
  await ai.generateText({
    model: provider.chat('gpt-5-mini'),
    prompt: question,
    telemetry: { isEnabled: true, integrations: [new integration()] },
  });
}

const { startObservation } = await load('@langfuse/tracing');
const observation = startObservation(
  'answer',
  { input: { question, password }, metadata: { note: said } },
  { asType: 'generation' },
);
observation.update({ output: `Use ${said}`, statusMessage: `401 ${plantedSecrets.anthropic}` });
observation.end();

await telemetry.forceFlush({ timeoutMillis: 2000 });
await telemetry.shutdown({ timeoutMillis: 2000 });
process.stdout.write(`redacted ${JSON.stringify(telemetry.redactions().redacted)}\n`);
