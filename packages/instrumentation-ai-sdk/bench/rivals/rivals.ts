import { join } from 'node:path';
import { type Rival, RivalFolder } from '@llm-otel/tooling/rivals';
import { aiSdkTracer, instrumentAiSdk } from '../../src/index.ts';
import type { AiSdk } from '../../test/contract/lines.ts';

/** Version 6 is told in each call. */
function withTelemetry(client: AiSdk, settings: object): AiSdk {
  const telemetry = { isEnabled: true, functionId: 'desk', ...settings };
  return { ...client, telemetry: { experimental_telemetry: telemetry } };
}

/** As `registerTelemetry` of version 7 does it, in whichever copy of `ai`. */
function register(integration: object): void {
  const scope = globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: object[] };
  (scope.AI_SDK_TELEMETRY_INTEGRATIONS ??= []).push(integration);
}

/** A rival that is an integration of version 7. */
function integration(name: string, version: string, className: string): Rival<AiSdk> {
  return {
    name,
    version,
    lines: ['ai 7'],
    start(load) {
      const Class = (load(name) as Record<string, new () => object>)[className]!;
      register(new Class());
      return (client) => client;
    },
  };
}

const AI_SDK_OTEL = '@ai-sdk/otel';
const ownOutput = integration(AI_SDK_OTEL, '1.0.173', 'OpenTelemetry');

/** Ours first. */
export const rivals: readonly Rival<AiSdk>[] = [
  {
    name: '@llm-otel/instrumentation-ai-sdk',
    start() {
      instrumentAiSdk();
      const tracer = aiSdkTracer();
      return (client) => (client.major === 7 ? client : withTelemetry(client, { tracer }));
    },
  },
  {
    name: 'experimental_telemetry of ai 6 itself',
    lines: ['ai 6'],
    start: () => (client) => withTelemetry(client, {}),
  },
  ownOutput,
  integration('@langfuse/vercel-ai-sdk', '5.11.1', 'LangfuseVercelAiSdkIntegration'),
  {
    ...ownOutput,
    // Rewrites what the former makes.
    name: '@arizeai/openinference-vercel',
    version: '3.2.1',
    beside: { [AI_SDK_OTEL]: '1.0.173', '@opentelemetry/sdk-trace-base': '2.12.1' },
    processor(load) {
      type Vercel = {
        readonly OpenInferenceSimpleSpanProcessor: new (options: object) => object;
      };
      const { OpenInferenceSimpleSpanProcessor } = load('@arizeai/openinference-vercel') as Vercel;
      const done = (): Promise<void> => Promise.resolve();
      const exporter = {
        export: (_spans: unknown, whenDone: (result: object) => void) => whenDone({ code: 0 }),
        shutdown: done,
        forceFlush: done,
      };
      return new OpenInferenceSimpleSpanProcessor({ exporter });
    },
  },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
